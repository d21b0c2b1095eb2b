import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { upload } from '../../../../src/api/files';
import { readFile } from '../../../../src/api/files/read-file';
import { Transport } from '../../../../src/api/transport';

const piece = Buffer.alloc(4 * 1024 * 1024, 1);
const pieces = 256;
const most = 128 * 1024 * 1024;

it('1 GB goes up and comes down in bounded memory', { timeout: 120_000 }, async () => {
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      let sent = 0;
      const more = (): void => {
        if (sent++ < pieces) response.write(piece, more);
        else response.end();
      };
      response.writeHead(200, { 'content-length': piece.length * pieces });
      more();
    } else {
      let written = 0;
      request.on('data', (bytes: Buffer) => (written += bytes.length));
      request.on('end', () => response.end(JSON.stringify({ path: '/big', written })));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = new Transport({ endpoint: `http://127.0.0.1:${port}` });
  onTestFinished(async () => {
    await transport.close();
    server.close();
  });
  const before = inUse();
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, inUse() - before);
  };

  async function* content(): AsyncGenerator<Uint8Array> {
    for (let sent = 0; sent < pieces; sent++) {
      look();
      yield await Promise.resolve(piece);
    }
  }
  const { written } = await upload(transport, { id: 'b1' }, '/big', content());
  expect(written).toBeGreaterThan(piece.length * pieces);

  let read = 0;
  const { body } = await readFile(transport, { id: 'b1' }, '/big');
  for await (const bytes of body as AsyncIterable<Buffer>) {
    read += bytes.length;
    look();
  }
  expect(read).toBe(piece.length * pieces);
  expect(peak).toBeLessThan(most);
});

/** Of this process, the scripted server included; what only waits to be collected counts as well. */
function inUse(): number {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}
