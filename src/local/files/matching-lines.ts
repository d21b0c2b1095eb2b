import { textLines } from './text-lines';

export interface MatchingLine {
  /** 1 is the first. */
  line: number;
  text: string;
}

/** What is told of a line. */
const mostTextBytes = 1000;

/** The lines of a text that hold these bytes. */
export async function* matchingLines(
  content: AsyncIterable<Buffer>,
  wanted: Buffer,
): AsyncGenerator<MatchingLine> {
  let line = 0;
  for await (const bytes of textLines(content)) {
    line++;
    if (bytes.includes(wanted)) yield { line, text: beginning(bytes) };
  }
}

/** Cut between two letters, not within one of UTF-8. */
function beginning(bytes: Buffer): string {
  let end = Math.min(bytes.length, mostTextBytes);
  if (end < bytes.length) while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}
