import { mkdtemp, readFile as readLocal, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { ApiError } from '../../../../src/api/errors';
import { upload } from '../../../../src/api/files';
import { readFile, statFile } from '../../../../src/api/files/read-file';
import { downloadToFile } from '../../../../src/api/files/download-to-file';
import { glob, grep } from '../../../../src/api/files/search';
import { reply, scripted } from '../scripted-server';
import { eager } from '../scripted-sockets';

const box = { id: 'b1' };

async function* pieces(): AsyncGenerator<string> {
  yield await Promise.resolve('one');
  yield 'two';
}

it.each([undefined, 6])('a stream goes up as it is read (size told: %s)', async (size) => {
  const { transport, seen } = await scripted((response) => reply(response, 200, { path: '/f', written: 6 }));
  expect(await upload(transport, box, '/f', pieces(), { size })).toEqual({ path: '/f', written: 6 });
  expect(seen[0]?.body).toContain('\r\n\r\nonetwo\r\n--');
  const { 'content-length': length, 'transfer-encoding': encoding } = seen[0]!.headers;
  if (size === undefined) expect(encoding).toBe('chunked');
  else expect(Number(length)).toBe(Buffer.byteLength(seen[0]!.body));
});

it('a stream that fails while it goes up is told, and the request is not sent again', async () => {
  const { transport } = await scripted((response) => reply(response, 200, {}));
  async function* failing(): AsyncGenerator<string> {
    yield await Promise.resolve('x');
    throw new Error('disk gone');
  }
  await expect(upload(transport, box, '/f', failing())).rejects.toMatchObject({
    kind: 'ambiguous',
    cause: { message: 'disk gone' },
  });
});

it('a part of a file, and one that is unchanged, come as they were asked for', async () => {
  const { transport, seen } = await scripted((response, { headers }) => {
    if (headers['if-none-match']) response.writeHead(304, { etag: '"e"' }).end();
    else response.writeHead(206, { 'content-range': 'bytes 2-3/10', etag: '"e"' }).end('cd');
  });
  const part = await readFile(transport, box, '/f', { range: { start: 2, end: 3 }, ifRange: '"e"' });
  expect(part).toMatchObject({ outcome: 'part', offset: 2, size: 10, etag: '"e"' });
  expect(await text(part.body)).toBe('cd');
  expect(seen[0]?.headers).toMatchObject({ range: 'bytes=2-3', 'if-range': '"e"' });
  const same = await readFile(transport, box, '/f', { range: { last: 4 }, ifNoneMatch: '"e"' });
  expect(same.outcome).toBe('unchanged');
  expect(seen[1]?.headers.range).toBe('bytes=-4');
});

it('a file’s size and state are told without its bytes', async () => {
  const { transport, seen } = await scripted((response) =>
    response.writeHead(200, { etag: '"e"', 'content-length': 10, 'content-type': 'text/plain' }).end(),
  );
  expect(await statFile(transport, box, '/f')).toMatchObject({
    size: 10,
    etag: '"e"',
    contentType: 'text/plain',
  });
  expect(seen[0]?.method).toBe('HEAD');
});

it('names and lines are looked for', async () => {
  const { transport, seen } = await scripted((response) =>
    reply(response, 200, { matches: [], truncated: true }),
  );
  expect(await glob(transport, box, { pattern: '**/*.ts', path: '/src' })).toMatchObject({ truncated: true });
  await grep(transport, box, { pattern: 'x', path: '/src', glob: '*.ts', limit: 1 });
  expect(seen.map(({ url, body }) => [url, JSON.parse(body) as object])).toEqual([
    ['/api/v2/sandboxes/b1/glob', { pattern: '**/*.ts', path: '/src' }],
    ['/api/v2/sandboxes/b1/grep', { pattern: 'x', path: '/src', glob: '*.ts', limit: 1 }],
  ]);
});

/** Serves ranges of a file that may change, and breaks the first `breaks` replies in their middle. */
async function breaking(breaks: number, states: { etag: string; content: Buffer }[]) {
  const folder = await mkdtemp(path.join(tmpdir(), 'download-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const server = await scripted((response, { headers }, count) => {
    const { etag, content } = states[Math.min(count, states.length) - 1]!;
    const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? 0);
    const isPart = start > 0 && headers['if-range'] === etag;
    const body = isPart ? content.subarray(start) : content;
    response.writeHead(isPart ? 206 : 200, {
      etag,
      'content-length': body.length,
      ...(isPart && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
    });
    if (count > breaks) response.end(body);
    else response.write(body.subarray(0, Math.ceil(body.length / 2)), () => response.destroy());
  });
  return { ...server, target: path.join(folder, 'f') };
}

it('a download that breaks goes on at its byte', async () => {
  const content = Buffer.from('0123456789abcdef');
  const { transport, seen, target } = await breaking(2, [{ etag: '"1"', content }]);
  expect(await downloadToFile(transport, box, '/f', target, { persistence: eager })).toBe(16);
  expect(await readLocal(target)).toEqual(content);
  expect(seen.map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=8-', 'bytes=12-']);
});

it('a download starts over when the file has changed meanwhile', async () => {
  const { transport, target } = await breaking(1, [
    { etag: '"1"', content: Buffer.from('a long old content') },
    { etag: '"2"', content: Buffer.from('new') },
  ]);
  expect(await downloadToFile(transport, box, '/f', target, { persistence: eager })).toBe(3);
  expect(await readLocal(target, 'utf8')).toBe('new');
});

it('a download goes on only when it may, and outlasts that this can’t be asked', async () => {
  const content = Buffer.from('0123456789abcdef');
  const ended = await breaking(1, [{ etag: '"1"', content }]);
  const refused = downloadToFile(ended.transport, box, '/f', ended.target, {
    persistence: eager,
    beforeRetry: () => Promise.reject(new Error('stopped')),
  });
  await expect(refused).rejects.toThrow('stopped');
  expect(ended.seen).toHaveLength(1);
  const { transport, target } = await breaking(1, [{ etag: '"1"', content }]);
  let asked = 0;
  const beforeRetry = (): Promise<void> => {
    const facts = { kind: 'ambiguous', method: 'GET', path: '/boxes' } as const;
    return ++asked === 1 ? Promise.reject(new ApiError('broke', facts)) : Promise.resolve();
  };
  expect(await downloadToFile(transport, box, '/f', target, { persistence: eager, beforeRetry })).toBe(16);
  expect(asked).toBe(2);
});

it('a download that never gets further is given up, and an aborted one at once', async () => {
  const { transport, seen } = await scripted((response) => {
    response.writeHead(200, { 'content-length': 5 }).flushHeaders();
    response.destroy();
  });
  await expect(
    downloadToFile(transport, box, '/f', '/dev/null', { persistence: eager }),
  ).rejects.toMatchObject({ kind: 'ambiguous' });
  expect(seen.length).toBeGreaterThan(eager.mostTries);
  const signal = AbortSignal.abort('no');
  await expect(downloadToFile(transport, box, '/f', '/dev/null', { signal })).rejects.toBe('no');
});
