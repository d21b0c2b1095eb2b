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

it('takes more than it can keep', () => {
  const ring = createRing(5000);
  ring.append(Buffer.from('old'));
  const bytes = Buffer.from(Array.from({ length: 12_345 }, (_, at) => at % 256));
  ring.append(bytes);
  expect([ring.start, ring.end]).toEqual([7348, 12_348]);
  expect(ring.read(7348, 5000)).toEqual(bytes.subarray(-5000));
});
