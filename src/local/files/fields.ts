const mostFieldBytes = 64 * 1024;

/** Reads a stream field by field; each call says which byte ends its field. */
export interface Fields {
  /** Without its end. Undefined at the stream's end; rejects for a field that was cut off or is longer than 64 KiB. */
  next(end: number): Promise<string | undefined>;
}

export function fieldsOf(stream: AsyncIterable<Buffer>): Fields {
  const chunks = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const next = async (end: number): Promise<string | undefined> => {
    for (;;) {
      const at = rest.indexOf(end);
      if (at >= 0) {
        const field = rest.toString('utf8', 0, at);
        rest = rest.subarray(at + 1);
        return field;
      }
      if (rest.length > mostFieldBytes) throw new Error('A field has no end.');
      const chunk = await chunks.next();
      if (!chunk.done) rest = Buffer.concat([rest, chunk.value]);
      else if (rest.length > 0) throw new Error('The last field was cut off.');
      else return undefined;
    }
  };
  return { next };
}
