import { createServer, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Transport } from '../../../../src/api/transport';

/** As much as fills the reader's buffer and leaves nothing behind on the connection. */
const body = Buffer.alloc(64 * 1024, 'x');

/** Answers with `head` and the body, and closes the connection behind it. */
async function closingServer(head: string): Promise<{ endpoint: string; gone: Promise<void> }> {
  let tellGone: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (tellGone = resolve));
  const server = createServer((socket) => {
    socket.once('data', () => socket.write(head, () => socket.end(body)));
    socket.once('close', tellGone).on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, gone };
}

it.each([
  ['of a known length', `content-length: ${body.length}\r\n`],
  ['that ends with the connection', ''],
])('a body %s is whole for who reads it after the server closed the connection', async (_, length) => {
  const { endpoint, gone } = await closingServer(`HTTP/1.1 200 OK\r\nconnection: close\r\n${length}\r\n`);
  const transport = new Transport({ endpoint });
  onTestFinished(() => transport.close());
  const reply = await transport.stream({ method: 'GET', url: transport.outsideUrl('/file') });
  await gone;
  expect(Buffer.from(await reply.arrayBuffer()).equals(body)).toBe(true);
});
