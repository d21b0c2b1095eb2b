import { expect, it } from 'vitest';
import { createRing } from '../../../../src/local/commands/ring';

it('keeps the newest bytes under their offsets, whatever the sizes they come in', () => {
  const ring = createRing(10_000);
  let all = Buffer.alloc(0);
  for (let round = 0; round < 200; round += 1) {
    const bytes = Buffer.from(Array.from({ length: (round * 37) % 997 }, (_, at) => (round + at) % 251));
    ring.append(bytes);
    all = Buffer.concat([all, bytes]);
    expect([ring.start, ring.end]).toEqual([Math.max(0, all.length - 10_000), all.length]);
  }
  expect(ring.read(ring.start, 10_000)).toEqual(all.subarray(-10_000));
  expect(ring.read(ring.end - 7, 5)).toEqual(all.subarray(-7, -2));
  expect(ring.read(ring.end, 5)).toHaveLength(0);
});

it.each([0, 5, 12_345])('once trimmed holds what it held of %i bytes, and takes more', (length) => {
  const ring = createRing(10_000);
  const all = Buffer.from(Array.from({ length: length + 4_000 }, (_, at) => at % 251));
  ring.append(all.subarray(0, length));
  ring.trim();
  const { start } = ring;
  expect(ring.read(start, 10_000)).toEqual(all.subarray(start, length));
  ring.append(all.subarray(length));
  expect(ring.read(ring.start, 10_000)).toEqual(all.subarray(-10_000));
  expect(ring.end).toBe(all.length);
});

it('takes more than it can keep', () => {
  const ring = createRing(5000);
  ring.append(Buffer.from('old'));
  const bytes = Buffer.from(Array.from({ length: 12_345 }, (_, at) => at % 256));
  ring.append(bytes);
  expect([ring.start, ring.end]).toEqual([7348, 12_348]);
  expect(ring.read(7348, 5000)).toEqual(bytes.subarray(-5000));
});
