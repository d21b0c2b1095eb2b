import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { downloadToFile } from '../../../../src/api/files/download-to-file';
import { statFile } from '../../../../src/api/files/read-file';
import { askedRange, headOf, localTarget, quarter, rangedFile } from '../files/ranged-file';
import { eager } from '../scripted-sockets';
import { bothSides, replyBox } from './sides';

const box = { id: 'b1' };

it('E a large file comes in four ranges side by side, each over its own breaks; the official SDK’s in one piece', async () => {
  const file = rangedFile();
  const open: { response: ServerResponse; rest: Buffer }[] = [];
  let isBroken = false;
  const { official, ours, endpoint, seenOfOfficial, seenOfOurs } = await bothSides((response, request) => {
    if (!request.url.includes('download')) {
      replyBox(response, `${endpoint}/b1`);
      return;
    }
    const body = headOf(response, request, file);
    const range = askedRange(request);
    if (!range || isBroken || request.method === 'HEAD') {
      response.end(body);
      return;
    }
    // None ends before all four have begun.
    response.write(body.subarray(0, 1));
    open.push({ response, rest: body.subarray(1) });
    if (open.length < 4) return;
    isBroken = true;
    const [broken, ...others] = open.splice(0).reverse();
    for (const { response: other, rest } of others) other.end(rest);
    broken!.response.write(broken!.rest.subarray(0, 999), () => broken!.response.destroy());
  });
  const sandbox = await official.getSandbox('mine');
  const theirs = await sandbox.read('/f');
  expect(Buffer.from(theirs).equals(file.content)).toBe(true);
  expect(seenOfOfficial().slice(1)).toMatchObject([{ method: 'GET' }]);
  expect(seenOfOfficial()[1]?.headers.range).toBeUndefined();

  const target = await localTarget();
  const told: number[] = [];
  const size = await downloadToFile(ours, box, '/f', target, {
    persistence: eager,
    onBytes: (bytes) => told.push(bytes),
    inRanges: { of: await statFile(ours, box, '/f'), count: 4, fromBytes: file.size },
  });
  expect(size).toBe(file.size);
  expect((await readFile(target)).equals(file.content)).toBe(true);
  const asked = seenOfOurs().slice(1);
  expect(asked.map((request) => askedRange(request)?.start).slice(0, 4)).toEqual(
    [0, 1, 2, 3].map((at) => at * quarter),
  );
  expect(asked.map(({ headers }) => headers['if-range'])).toEqual(Array(5).fill('"e"'));
  // What had not come of the one that broke.
  const again = askedRange(asked[4]!)!;
  expect(again.end).toBe(file.size);
  expect(again.start).toBeGreaterThan(3 * quarter);
  expect(again.start).toBeLessThanOrEqual(3 * quarter + 1000);
  expect(told).toEqual([...told].sort((one, other) => one - other));
  expect(told.at(-1)).toBe(file.size);
});
