import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import http from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { testEnvironment } from '../../harness/env';
import { engineRoom } from '../engine/fixture/engine-room';
import { busyboxFilesystem, scratchFilesystem } from '../engine/fixture/root-filesystem';
import { runningServer } from './fixture/running-server';
import { sentence, type Answer } from './fixture/wire';

const running = runningServer();
const room = engineRoom(testEnvironment().engine);
let box: string;

beforeAll(async () => {
  const image = await room.image(await busyboxFilesystem(), ['WORKDIR /home/app']);
  box = (await running.wire.boot({ snapshot_id: (await running.wire.build('files', image)).id })).id;
});

const upload = (target: string, content: string | Uint8Array<ArrayBuffer>): Promise<Answer> =>
  running.wire.upload(box, target, content);
const run = async (command: string): Promise<string> => (await running.wire.execute(box, command)).stdout;
const read = async (target: string): Promise<string> => (await running.wire.download(box, target)).text();

describe('upload', () => {
  it('makes the folders, and replaces what is there without touching its mode or its folder’s', async () => {
    const first = await upload('/opt/a/b/c.txt', 'one');
    expect([first.status, first.json]).toEqual([200, { path: '/opt/a/b/c.txt', written: 3 }]);
    await run('chmod 750 /opt/a/b/c.txt; chmod 700 /opt/a');
    expect((await upload('/opt/a/b/c.txt', 'two!')).json).toEqual({ path: '/opt/a/b/c.txt', written: 4 });
    expect(await run('cat /opt/a/b/c.txt; stat -c " %a" /opt/a/b/c.txt /opt/a')).toBe('two! 750\n 700\n');
  });

  it('takes a path below the work folder, an empty file, and a name of any letters', async () => {
    expect((await upload('below/it.txt', 'x')).json).toEqual({ path: '/home/app/below/it.txt', written: 1 });
    expect((await upload('/opt/empty', '')).json).toEqual({ path: '/opt/empty', written: 0 });
    const name = `/opt/ünï cödé % + & "${'long'.repeat(40)}".txt`;
    expect((await upload(name, 'odd')).status).toBe(200);
    expect(await read(name)).toBe('odd');
  });

  it('makes a new state of a file each time, however soon one follows the other', async () => {
    const states = new Set<string | null>();
    for (const content of ['1', '2', '3', '4', '5', '6']) {
      await upload('/opt/soon', content);
      states.add((await running.wire.download(box, '/opt/soon')).headers.get('etag'));
    }
    expect(states.size).toBe(6);
  });

  it('reaches /tmp and folders behind links', async () => {
    await run('mkdir -p /srv/real && ln -s real /srv/link');
    await upload('/tmp/deep/in.txt', 'in memory');
    await upload('/srv/link/through.txt', 'through');
    expect(await run('cat /tmp/deep/in.txt /srv/real/through.txt')).toBe('in memorythrough');
    expect(await run('stat -c %a /tmp')).toBe('1777\n');
  });

  it('writes through a link to a file, and leaves the link', async () => {
    await run('echo old > /srv/target && chmod 640 /srv/target && ln -s target /srv/file-link');
    const { json } = await upload('/srv/file-link', 'new');
    expect(json).toEqual({ path: '/srv/file-link', written: 3 });
    expect(await run('cat /srv/target; stat -c " %a" /srv/target; readlink /srv/file-link')).toBe(
      'new 640\ntarget\n',
    );
  });

  it('is refused where the sandbox’s list of users is too large to be one', async () => {
    const image = await room.image(await busyboxFilesystem(), ['USER app']);
    const { id } = await running.wire.boot({ snapshot_id: (await running.wire.build('users', image)).id });
    const command = 'dd if=/dev/zero of=/etc/passwd bs=1k count=1100 conv=notrunc 2>&1';
    await running.wire.execute(id, { command, run_config: { user: '0' } });
    const answer = await running.wire.upload(id, '/home/app/file', 'x');
    expect([answer.status, sentence(answer)]).toEqual([400, expect.stringContaining('/etc/passwd')]);
  });

  it('moves many megabytes unharmed, and leaves nothing on this side', async () => {
    const bytes = randomBytes(30 * 1024 * 1024);
    expect((await upload('/opt/big', bytes)).json).toMatchObject({ written: bytes.length });
    const back = Buffer.from(await (await running.wire.download(box, '/opt/big')).arrayBuffer());
    expect(back.equals(bytes)).toBe(true);
    expect(await readdir(path.join(running.server.dataDir, 'spool'))).toEqual([]);
  });

  it('gives files to the sandbox’s user', async () => {
    const image = await room.image(await busyboxFilesystem(), ['USER app']);
    const { id } = await running.wire.boot({ snapshot_id: (await running.wire.build('owned', image)).id });
    await running.wire.upload(id, '/home/app/new/file', 'mine');
    const { stdout } = await running.wire.execute(id, 'stat -c "%U:%g" /home/app/new /home/app/new/file');
    expect(stdout).toBe('app:1000\napp:1000\n');
  });

  it.each([
    ['/opt', '/opt is a directory.'],
    ['/etc/passwd/below', '/etc/passwd is a file, not a folder.'],
    ['/', 'must name a file'],
  ])('to %s is refused', async (target, reason) => {
    const answer = await upload(target, 'x');
    expect([answer.status, answer.json]).toMatchObject([400, { detail: { error: 'WriteError' } }]);
    expect(sentence(answer)).toContain(reason);
  });

  it('of what is no multipart with a file is refused', async () => {
    const plain = await running.wire.call('POST', `/${box}/upload?path=/opt/x`, { no: 'multipart' });
    expect([plain.status, sentence(plain)]).toEqual([400, expect.stringContaining('multipart/form-data')]);
    const missing = await running.wire.call('POST', `/${box}/upload`, {});
    expect(missing.status).toBe(400);
  });
});

describe('download', () => {
  it('has validators and a length, and HEAD has them without the bytes', async () => {
    await upload('/opt/text', '0123456789');
    const response = await running.wire.download(box, '/opt/text');
    expect([response.status, await response.text()]).toEqual([200, '0123456789']);
    const head = await running.wire.call('HEAD', `/${box}/download?path=/opt/text`);
    for (const headers of [response.headers, head.headers]) {
      expect(headers.get('content-length')).toBe('10');
      expect(headers.get('etag')).toMatch(/^"[\w-]+"$/);
      expect(Date.parse(headers.get('last-modified') ?? '')).not.toBeNaN();
    }
    expect(head.text).toBe('');
  });

  it('gives one range, the whole for a changed file, and 304 for a known one', async () => {
    await upload('/opt/range', '0123456789');
    const get = (headers: Record<string, string>): Promise<Response> =>
      running.wire.download(box, '/opt/range', headers);
    const middle = await get({ Range: 'bytes=2-4' });
    expect([middle.status, middle.headers.get('content-range'), await middle.text()]).toEqual([
      206,
      'bytes 2-4/10',
      '234',
    ]);
    const etag = middle.headers.get('etag') ?? '';
    expect(await (await get({ Range: 'bytes=-3' })).text()).toBe('789');
    expect(await (await get({ Range: 'bytes=8-99', 'If-Range': etag })).text()).toBe('89');
    expect((await get({ Range: 'bytes=2-4', 'If-Range': '"other"' })).status).toBe(200);
    const beyond = await get({ Range: 'bytes=10-' });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */10']);
    expect((await get({ 'If-None-Match': etag })).status).toBe(304);
  });

  it('gives one range after the other over one connection', async () => {
    await upload('/opt/ranges', Buffer.alloc(300_000, '0123456789'));
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const { endpoint, apiKey } = running.server;
    const range = (bytes: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const url = `${endpoint}/v2/sandboxes/${box}/download?path=/opt/ranges`;
        const headers = { 'X-Api-Key': apiKey, Range: `bytes=${bytes}` };
        http
          .get(url, { agent, headers }, (reply) => void text(reply).then(resolve, reject))
          .on('error', reject);
      });
    expect([await range('0-9'), await range('15-16'), await range('-3')]).toEqual([
      '0123456789',
      '56',
      '789',
    ]);
    agent.destroy();
  });

  it('follows links, and reads an empty file', async () => {
    await run('echo target > /srv/target; ln -s target /srv/to-target; : > /srv/empty');
    expect(await read('/srv/to-target')).toBe('target\n');
    expect(await read('/srv/empty')).toBe('');
  });

  it.each([
    [{ Range: 'bytes=0-' }, 206, 'bytes 0-9/10', '0123456789'],
    [{ Range: 'bytes=3-3' }, 206, 'bytes 3-3/10', '3'],
    [{ Range: 'bytes=-99' }, 206, 'bytes 0-9/10', '0123456789'],
    [{ Range: 'bytes=-0' }, 416, 'bytes */10', ''],
    [{ Range: 'bytes=0-1,4-5' }, 200, null, '0123456789'],
    [{ Range: 'bytes=5-2' }, 200, null, '0123456789'],
    [{ Range: 'lines=1-2' }, 200, null, '0123456789'],
    [{ Range: 'bytes=2-4', 'If-Range': 'W/"weak"' }, 200, null, '0123456789'],
    [{ Range: 'bytes=2-4', 'If-None-Match': '*' }, 304, null, ''],
    [{ Range: 'bytes=2-4', 'If-None-Match': '"other"' }, 206, 'bytes 2-4/10', '234'],
  ])('answers %j as HTTP has it, HEAD with the same headers', async (headers, status, range, body) => {
    await upload('/opt/wire', '0123456789');
    const get = await running.wire.download(box, '/opt/wire', headers);
    expect([get.status, get.headers.get('content-range'), await get.text()]).toEqual([status, range, body]);
    const head = await running.wire.call('HEAD', `/${box}/download?path=/opt/wire`, undefined, headers);
    expect([head.status, head.headers.get('content-range'), head.text]).toEqual([status, range, '']);
    expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'));
    expect(head.headers.get('etag')).toBe(get.headers.get('etag'));
  });

  it('of what is no file is refused at once, and an upload does not replace it', async () => {
    await run('mkfifo /srv/pipe');
    const pipe = await running.wire.call('GET', `/${box}/download?path=/srv/pipe`);
    expect([pipe.status, pipe.json]).toMatchObject([400, { detail: { error: 'ReadError' } }]);
    expect((await upload('/srv/pipe', 'x')).status).toBe(400);
    expect(await run('stat -c %F /srv/pipe')).toBe('fifo\n');
    expect((await running.wire.call('GET', `/${box}/download?path=/proc/version`)).status).not.toBe(200);
  });

  it('of what is not there, and of a folder, is refused', async () => {
    const missing = await running.wire.call('GET', `/${box}/download?path=/no/where`);
    expect([missing.status, missing.json]).toMatchObject([404, { detail: { error: 'FileNotFound' } }]);
    const folder = await running.wire.call('GET', `/${box}/download?path=/opt`);
    expect([folder.status, folder.json]).toMatchObject([400, { detail: { error: 'ReadError' } }]);
    expect(sentence(folder)).toBe('/opt is a directory.');
    expect((await running.wire.call('HEAD', `/${box}/download?path=/no/where`)).status).toBe(404);
  });
});

it('files go in and out of a stopped sandbox, and of an image that has no program', async () => {
  const image = await room.image(await scratchFilesystem());
  const { id } = await running.wire.boot({ snapshot_id: (await running.wire.build('none', image)).id });
  await running.wire.expect(204, 'POST', `/boxes/${id}/stop`);
  expect((await running.wire.upload(id, '/data/in.txt', 'bare')).status).toBe(200);
  await running.wire.expect(204, 'POST', `/boxes/${id}/stop`);
  expect(await (await running.wire.download(id, '/data/in.txt')).text()).toBe('bare');
});
