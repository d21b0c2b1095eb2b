/** Where UTF-8 may be cut. Bytes that are no UTF-8 at all may be cut anywhere. */

const longest = 4;

/** How many of the bytes there are without a character at their end that is not whole yet. */
export function wholeCharacters(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(longest, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    return lengthFrom(byte) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** How many bytes at the front belong to a character that began before them. */
export function orphans(bytes: Buffer): number {
  let count = 0;
  while (count < longest - 1 && isContinuation(bytes[count] ?? 0)) count += 1;
  return count;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}

/** Of the character that begins with this byte. */
function lengthFrom(byte: number): number {
  if (byte >= 0xf0 && byte < 0xf8) return 4;
  if (byte >= 0xe0) return byte < 0xf0 ? 3 : 1;
  return byte >= 0xc0 ? 2 : 1;
}
