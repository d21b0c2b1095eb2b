/** A file with a zero byte among its first so many is no text. */
const probeBytes = 8 * 1024;
/** What is kept of a line. */
const mostLineBytes = 1024 * 1024;
const lineEnd = 0x0a;

/** The lines of a text, of a longer one its beginning; none of what is no text. Holds a few megabytes at most. */
export async function* textLines(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pending: Buffer = Buffer.alloc(0);
  let isText = false;
  let isSkipping = false;
  const whole = function* (): Generator<Buffer> {
    for (let end = pending.indexOf(lineEnd); end >= 0; end = pending.indexOf(lineEnd)) {
      if (!isSkipping) yield pending.subarray(0, Math.min(end, mostLineBytes));
      pending = pending.subarray(end + 1);
      isSkipping = false;
    }
    if (!isSkipping && pending.length > mostLineBytes) {
      yield pending.subarray(0, mostLineBytes);
      isSkipping = true;
    }
    if (isSkipping) pending = Buffer.alloc(0);
  };
  for await (const chunk of content) {
    pending = pending.length > 0 ? Buffer.concat([pending, chunk]) : chunk;
    if (!isText && pending.length < probeBytes) continue;
    if (!isText && isBinary(pending)) return;
    isText = true;
    yield* whole();
  }
  if (!isText && isBinary(pending)) return;
  yield* whole();
  if (pending.length > 0) yield pending;
}

function isBinary(start: Buffer): boolean {
  return start.subarray(0, probeBytes).includes(0);
}
