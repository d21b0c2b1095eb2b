import { once } from 'node:events';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished } from 'vitest';
import { Transport } from '../../../../src/api/transport';

const partBytes = 32 * 1024;
const parts = 1600;
const valueAt = (offset: number): number => Math.floor(offset / partBytes) % 256;

/** Sends as fast as it is taken, while the reader does something else; counts the parts in `sent`. */
const sender = `
  const { parentPort, workerData: { sent, partBytes, parts } } = require('node:worker_threads');
  const server = require('node:http').createServer((request, response) => {
    const more = () => {
      while (sent[0] < parts) if (!response.write(Buffer.alloc(partBytes, sent[0]++))) return response.once('drain', more);
      response.end();
    };
    more();
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
`;

it('of a chunked body little more is taken than its reader keeps up with', async () => {
  const sent = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(sender, { eval: true, workerData: { sent, partBytes, parts } });
  const [port] = (await once(worker, 'message')) as [number];
  const transport = new Transport({ endpoint: `http://127.0.0.1:${port}` });
  onTestFinished(async () => {
    await transport.close();
    await worker.terminate();
  });
  let taken = 0;
  let mostAhead = 0;
  const reader = new Writable({
    write(part: Buffer, _, done) {
      expect([part[0], part.at(-1)]).toEqual([valueAt(taken), valueAt(taken + part.length - 1)]);
      taken += part.length;
      mostAhead = Math.max(mostAhead, Atomics.load(sent, 0) * partBytes - taken);
      setImmediate(done);
    },
  });
  await pipeline(await transport.stream({ method: 'GET', url: transport.outsideUrl('/file') }), reader);
  expect(taken).toBe(partBytes * parts);
  expect(mostAhead).toBeLessThan((partBytes * parts) / 2);
});
