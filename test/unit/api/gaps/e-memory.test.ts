import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, it, onTestFinished } from 'vitest';
import { startCommand } from '../../../../src/api/commands/command';
import { upload } from '../../../../src/api/files';
import { downloadToFile } from '../../../../src/api/files/download-to-file';
import { Transport } from '../../../../src/api/transport';
import { bufferKilobytes, heapKilobytes } from '../../../harness/heap';
import { localTarget } from '../files/ranged-file';
import { scriptedSockets, type SocketScript } from '../scripted-sockets';
import { bothSides, officialSockets, replyBox } from './sides';

// A gigabyte through our client. The official SDK holds what it streams: shown with less, as it would take it all.

const megabyte = 1024 * 1024;
const gigabyte = 1024 * megabyte;
const lessBytes = 64 * megabyte;
const piece = Buffer.alloc(megabyte, 'x');
const limitMs = 600_000;
const mostGrowth = 32 * 1024;

/** Notes what is held now and then, as `passed` bytes go by. */
async function watch() {
  const start = await heldKilobytes();
  let next = gigabyte / 8;
  const looks: number[] = [];
  return {
    looks,
    async passed(bytes: number): Promise<void> {
      if (bytes < next) return;
      next += gigabyte / 8;
      looks.push((await heldKilobytes()) - start);
    },
  };
}

async function heldKilobytes(): Promise<number> {
  return (await heapKilobytes()) + (await bufferKilobytes());
}

function expectFlat(looks: number[]): void {
  expect(looks).toHaveLength(8);
  expect(Math.max(...looks)).toBeLessThan(mostGrowth);
}

function talkative(bytes: number): SocketScript {
  const data = 'x'.repeat(megabyte);
  return {
    onFrame: ({ socket, say }, { command_id }) => {
      say({ type: 'started', command_id, pid: 1 });
      let offset = 0;
      const more = (): void => {
        if (offset >= bytes) say({ type: 'exit', exit_code: 0 });
        else {
          const frame = JSON.stringify({ type: 'stdout', data, offset });
          offset += data.length;
          socket.send(frame, more);
        }
      };
      more();
    },
  };
}

/** A client that leaves ends it. */
async function answerWith(response: ServerResponse, bytes: number): Promise<void> {
  response.writeHead(200, { 'content-length': bytes, etag: '"e"' });
  await pipeline(Readable.from(pieces(bytes)), response).catch(() => undefined);
}

function* pieces(bytes: number): Generator<Buffer> {
  for (let at = 0; at < bytes; at += piece.length) yield piece;
}

it(
  'E a gigabyte of output passes in bounded memory, the official SDK keeps what it gave',
  { timeout: limitMs },
  async () => {
    const theirs = await officialSockets(talkative(lessBytes));
    const before = await heldKilobytes();
    const handle = await theirs.sandbox.run('yes', { wait: false });
    for await (const chunk of handle) expect(chunk.data.length).toBeGreaterThan(0);
    expect((await heldKilobytes()) - before).toBeGreaterThan((lessBytes / 1024) * 0.9);
    expect((await handle.result).stdout).toHaveLength(lessBytes);

    const { transport, box } = await scriptedSockets(talkative(gigabyte));
    const held = await watch();
    let length = 0;
    for await (const { data } of startCommand(transport, box, { command: 'yes' }).output()) {
      length += data.length;
      await held.passed(length);
    }
    expect(length).toBe(gigabyte);
    expectFlat(held.looks);
  },
);

it(
  'E a gigabyte comes down to a file in bounded memory, the official SDK’s is one buffer',
  { timeout: limitMs },
  async () => {
    let size = lessBytes;
    const { official, ours, endpoint } = await bothSides((response, { url, method }) => {
      if (!url.includes('download')) replyBox(response, `${endpoint}/b1`);
      else if (method === 'HEAD') response.writeHead(200, { 'content-length': size, etag: '"e"' }).end();
      else void answerWith(response, size);
    });
    const before = await heldKilobytes();
    const theirs = await (await official.getSandbox('mine')).read('/f');
    expect((await heldKilobytes()) - before).toBeGreaterThan((lessBytes / 1024) * 0.9);
    expect(theirs).toHaveLength(lessBytes);

    size = gigabyte;
    const target = await localTarget();
    const held = await watch();
    let looking = Promise.resolve();
    const onBytes = (bytes: number): void => {
      looking = looking.then(() => held.passed(bytes));
    };
    expect(await downloadToFile(ours, { id: 'b1' }, '/f', target, { onBytes })).toBe(gigabyte);
    await looking;
    expectFlat(held.looks);
  },
);

it('E a gigabyte goes up from its source in bounded memory', { timeout: limitMs }, async () => {
  let received = 0;
  const server = createServer((request, response) => {
    request.on('data', (bytes: Buffer) => (received += bytes.length));
    request.on('end', () => response.end(JSON.stringify({ path: '/f', written: received })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const ours = new Transport({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  onTestFinished(async () => {
    await ours.close();
    server.close();
  });
  const held = await watch();
  async function* source(): AsyncGenerator<Uint8Array> {
    let sent = 0;
    for (const next of pieces(gigabyte)) {
      yield next;
      await held.passed((sent += next.length));
    }
  }
  await upload(ours, { id: 'b1' }, '/f', source());
  expect(received).toBeGreaterThan(gigabyte);
  expectFlat(held.looks);
});
