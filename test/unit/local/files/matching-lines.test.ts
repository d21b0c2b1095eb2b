import { describe, expect, it } from 'vitest';
import { matchingLines, type MatchingLine } from '../../../../src/local/files/matching-lines';

const kibibyte = 1024;

describe('matching lines', () => {
  it('are numbered from 1, with and without a last line end, however the bytes arrive', async () => {
    const text = `one x\ntwo\n${'filler\n'.repeat(3000)}x at the end`;
    const expected = [
      { line: 1, text: 'one x' },
      { line: 3003, text: 'x at the end' },
    ];
    for (const size of [1, 7, 64 * kibibyte]) expect(await linesOf(text, 'x', size)).toEqual(expected);
    expect(await linesOf('a\n\nx\n', 'x')).toEqual([{ line: 3, text: 'x' }]);
  });

  it('of a file with a zero byte near its start are none', async () => {
    expect(await linesOf('x\n\0x\n', 'x')).toEqual([]);
    expect(await linesOf(`x\n${'a'.repeat(9 * kibibyte)}\0x`, 'x')).toHaveLength(2);
  });

  it('are told in part when they are long, and never within a letter', async () => {
    const [match] = await linesOf(`${'ü'.repeat(40 * kibibyte)}x\n`, 'x');
    expect(match?.text).toBe('ü'.repeat(500));
    expect((await linesOf(`a${'ü'.repeat(kibibyte)}x`, 'x'))[0]?.text).toBe(`a${'ü'.repeat(499)}`);
  });

  it('without an end count as one, of which the beginning is searched', async () => {
    const text = `x${'a'.repeat(1100 * kibibyte)}x\nx2`;
    const lines = await linesOf(text, 'x', 64 * kibibyte);
    expect(lines.map(({ line }) => line)).toEqual([1, 2]);
    expect(await linesOf(`${'a'.repeat(1100 * kibibyte)}x\nb`, 'x', 64 * kibibyte)).toEqual([]);
  });
});

async function linesOf(text: string, wanted: string, size = 64 * kibibyte): Promise<MatchingLine[]> {
  const bytes = Buffer.from(text);
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    await Promise.resolve();
  })();
  const lines: MatchingLine[] = [];
  for await (const line of matchingLines(chunks, Buffer.from(wanted))) lines.push(line);
  return lines;
}
