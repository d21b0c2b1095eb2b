export interface PieceHandlers {
  /** A whole header. Gives how many bytes of the piece follow it. */
  header: (bytes: Buffer) => number;
  /** A part of the piece behind the last header. */
  part: (bytes: Buffer) => void;
}

/** Takes a stream of pieces apart, each behind a header of the same length, however it is cut. Throws what `header` throws. */
export function pieceReader(headerBytes: number, { header, part }: PieceHandlers): (chunk: Buffer) => void {
  let begun: Buffer = Buffer.alloc(0);
  let left = 0;
  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (left > 0) {
        const bytes = rest.subarray(0, left);
        left -= bytes.length;
        rest = rest.subarray(bytes.length);
        part(bytes);
        continue;
      }
      const missing = headerBytes - begun.length;
      begun = Buffer.concat([begun, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      if (begun.length < headerBytes) return;
      const whole = begun;
      begun = Buffer.alloc(0);
      left = header(whole);
    }
  };
}
