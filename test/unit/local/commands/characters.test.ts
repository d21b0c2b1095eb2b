import { expect, it } from 'vitest';
import { orphans, wholeCharacters } from '../../../../src/local/commands/characters';

const text = Buffer.from('a€😀é');

it('a cut at any place loses no character', () => {
  for (let cut = 0; cut <= text.length; cut += 1) {
    const first = text.subarray(0, wholeCharacters(text.subarray(0, cut)));
    const rest = text.subarray(first.length);
    expect(first.toString() + rest.toString()).toBe(text.toString());
    expect(cut - first.length).toBeLessThan(4);
  }
});

it('waits for nothing that can not become a character', () => {
  for (const bytes of [[0xff], [0x61, 0x80], [0x80, 0x80, 0x80, 0x80, 0x80], [0xf8], [0xe2, 0x82, 0xac]]) {
    expect(wholeCharacters(Buffer.from(bytes))).toBe(bytes.length);
  }
});

it('leaves out what is left of a character whose beginning is gone', () => {
  expect([0, 1, 2, 3, 4, 5].map((from) => orphans(text.subarray(from)))).toEqual([0, 0, 2, 1, 0, 3]);
  expect(orphans(Buffer.from([0x80, 0x80, 0x80, 0x80]))).toBe(3);
  expect(orphans(Buffer.alloc(0))).toBe(0);
});
