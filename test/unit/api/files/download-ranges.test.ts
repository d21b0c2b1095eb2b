import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { downloadToFile, type ToFileOptions } from '../../../../src/api/files/download-to-file';
import type { Transport } from '../../../../src/api/transport';
import { reply, scripted, type SeenRequest } from '../scripted-server';
import { eager } from '../scripted-sockets';
import { askedRange, headOf, localTarget, quarter, rangedFile, type RangedFile } from './ranged-file';

const box = { id: 'b1' };

async function inFour(
  transport: Transport,
  file: RangedFile,
  options: ToFileOptions = {},
  stat: { acceptRanges?: string; etag?: string } = {},
): Promise<{ size: Promise<number>; content: () => Promise<Buffer> }> {
  const target = await localTarget();
  const inRanges = { of: { size: file.size, etag: file.etag, ...stat }, count: 4, fromBytes: file.size };
  const size = downloadToFile(transport, box, '/f', target, { persistence: eager, inRanges, ...options });
  size.catch(() => undefined); // Looked at by the test.
  return { size, content: () => readFile(target) };
}

const starts = (seen: SeenRequest[]): (number | undefined)[] =>
  seen.map((request) => askedRange(request)?.start);

type Refuse = (response: ServerResponse, request: SeenRequest, now: RangedFile) => void;
const changed: Record<string, Refuse> = {
  'answers with the whole': (response, request, now) => response.end(headOf(response, request, now)),
  'has no such range any more': (response) => reply(response, 416, undefined),
  'says that it is another': (response) => reply(response, 412, { detail: 'changed' }),
  'takes no notice of the state that was asked for': (response, request, now) => {
    const asked = { ...request, headers: { ...request.headers, 'if-range': now.etag } };
    response.end(headOf(response, asked, now));
  },
};

it.each(Object.entries(changed))(
  'a file that has changed under way starts over and is never mixed: the server %s',
  async (_, refuse) => {
    const [before, now] = [rangedFile('"1"'), rangedFile('"2"')];
    const { transport, seen } = await scripted((response, request) => {
      const start = askedRange(request)?.start;
      if (start === undefined) response.end(headOf(response, request, now));
      else if (start === 2 * quarter) refuse(response, request, now);
      // Those that have begun are of the file as it was, and may be here already.
      else response.end(headOf(response, request, before));
    });
    const { size, content } = await inFour(transport, before);
    expect(await size).toBe(now.size);
    expect((await content()).equals(now.content)).toBe(true);
    expect(starts(seen).at(-1)).toBeUndefined();
    expect(seen.at(-1)?.headers['if-range']).toBeUndefined();
  },
);

it('a file that grew under way starts over, whatever the server says of its state', async () => {
  const [before, now] = [rangedFile('"e"'), rangedFile('"e"', 5 * quarter)];
  const { transport } = await scripted((response, request) => {
    const isFirst = askedRange(request)?.start === 0;
    response.end(headOf(response, request, isFirst ? before : now));
  });
  const { size, content } = await inFour(transport, before);
  expect(await size).toBe(now.size);
  expect((await content()).equals(now.content)).toBe(true);
});

it.each([
  { server: 'says that it has no ranges', stat: { acceptRanges: 'none' }, asked: [undefined] },
  { server: 'promises no bytes by its ETag', stat: { etag: 'W/"e"' }, asked: [undefined] },
  { server: 'answers the first range with the whole', stat: {}, asked: [0, undefined] },
])('a file comes in one stream where the server $server', async ({ stat, asked }) => {
  const file = rangedFile();
  const { transport, seen } = await scripted((response, request) => {
    response.end(headOf(response, { ...request, headers: {} }, file));
  });
  const { size, content } = await inFour(transport, file, {}, stat);
  expect(await size).toBe(file.size);
  expect((await content()).equals(file.content)).toBe(true);
  expect(starts(seen)).toEqual(asked);
});

it('a file below what is large comes in one stream', async () => {
  const file = rangedFile();
  const { transport, seen } = await scripted((response, request) =>
    response.end(headOf(response, request, file)),
  );
  const { size } = await inFour(transport, file, { inRanges: { of: file, count: 4 } });
  expect(await size).toBe(file.size);
  expect(starts(seen)).toEqual([undefined]);
});

it('a server that refuses one range for as long as another is on its way is asked again', async () => {
  const file = rangedFile();
  const more = 10 * eager.mostTries;
  let first: { response: ServerResponse; body: Buffer; sent: number } | undefined;
  let heard = (): void => undefined;
  const { transport } = await scripted((response, request) => {
    const start = askedRange(request)?.start;
    const body = headOf.bind(undefined, response, request, file);
    if (start === 0) {
      first = { response, body: body(), sent: 1 };
      response.write(first.body.subarray(0, 1));
    } else if (start === 3 * quarter && first && first.sent < more) {
      const hasComeFurther = new Promise<void>((resolve) => (heard = resolve));
      void hasComeFurther.then(() => reply(response, 503, { detail: 'busy' }, { 'retry-after': '0' }));
      first.response.write(first.body.subarray(first.sent, ++first.sent));
      if (first.sent === more) first.response.end(first.body.subarray(more));
    } else response.end(body());
  });
  const { size, content } = await inFour(transport, file, { onBytes: () => heard() });
  expect(await size).toBe(file.size);
  expect((await content()).equals(file.content)).toBe(true);
});

it('what fails for good leaves the file’s beginning, without gaps, and ends the other ranges', async () => {
  const file = rangedFile();
  const gone: string[] = [];
  let refuse: (() => void) | undefined;
  const half = quarter / 2;
  const { transport } = await scripted((response, request) => {
    const range = askedRange(request)!;
    if (range.start > quarter && range.end === 2 * quarter) {
      refuse = () => reply(response, 404, { detail: 'gone' });
      return;
    }
    const body = headOf(response, request, file);
    if (range.start === quarter) response.write(body.subarray(0, half), () => response.destroy());
    else if (range.start === 3 * quarter) {
      response.write(body.subarray(0, half));
      response.once('close', () => gone.push('last'));
    } else response.end(body);
  });
  let done = 0;
  const { size, content } = await inFour(transport, file, { onBytes: (bytes) => (done = bytes) });
  await expect.poll(() => refuse && done, { timeout: 10_000 }).toBe(3 * quarter);
  refuse?.();
  await expect(size).rejects.toMatchObject({ kind: 'not-found' });
  await expect.poll(() => gone, { timeout: 10_000 }).toEqual(['last']);
  expect((await content()).equals(file.content.subarray(0, quarter + half))).toBe(true);
});
