import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { upload } from '../../../../src/api/files';
import { Transport } from '../../../../src/api/transport';
import { bufferKilobytes } from '../../../harness/heap';
import { officialAt } from './sides';

const piece = Buffer.alloc(1024 * 1024, 'x');
const pieces = 32;

/** More than sockets hold. Counts how much of it was asked for. */
function source() {
  let taken = 0;
  async function* content(): AsyncGenerator<Uint8Array> {
    for (; taken < pieces; taken++) yield await Promise.resolve(piece);
  }
  return { content: content(), taken: () => taken };
}

it('E a file goes up as its source is read, the official SDK’s has to be in memory, twice', async () => {
  const { content, taken } = source();
  const heard: { official: boolean; taken: number; length: number; inUse: number }[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      response.end(JSON.stringify({ id: 'b1', name: 'mine', status: 'ready', dataplane_url: endpoint }));
      return;
    }
    const upload = {
      official: request.url?.startsWith('/upload') ?? false,
      taken: taken(),
      length: 0,
      inUse: inUse(),
    };
    heard.push(upload);
    request.on('data', (bytes: Buffer) => (upload.length += bytes.length));
    request.on('end', () => response.end(JSON.stringify({ path: '/f', written: upload.length })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const transport = new Transport({ endpoint });
  onTestFinished(async () => {
    await transport.close();
    server.closeAllConnections();
    server.close();
  });
  await upload(transport, { id: 'b1' }, '/f', content);
  expect(taken()).toBe(pieces);
  expect(heard[0]?.length).toBeGreaterThan(pieces * piece.length);
  // The server had the request when most of the file had not been read yet.
  expect(heard[0]?.taken).toBeLessThan(pieces / 2);

  const sandbox = await officialAt(endpoint).getSandbox('mine');
  // A source that is read is written as an empty file, without an error.
  await sandbox.write('/f', source().content as never);
  expect(heard[1]).toMatchObject({ official: true });
  expect(heard[1]?.length).toBeLessThan(1_000);
  const bytes = Buffer.alloc(pieces * piece.length, 'x');
  const before = (await bufferKilobytes()) * 1024;
  const written = sandbox.write('/f', bytes);
  // It is copied before the first byte goes.
  expect(inUse() - before).toBeGreaterThanOrEqual(bytes.length);
  await written;

  const beforeOurs = (await bufferKilobytes()) * 1024;
  await upload(transport, { id: 'b1' }, '/f', bytes);
  expect(heard[3]!.inUse - beforeOurs).toBeLessThan(bytes.length / 2);
});

/** Bytes outside of the heap. */
function inUse(): number {
  return process.memoryUsage().arrayBuffers;
}
