import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** The wanted port of this machine's loopback when it is free, otherwise any that is. */
export async function freeLocalPort(wanted: number): Promise<number> {
  return (await portIfFree(wanted)) ?? (await portIfFree(0)) ?? wanted;
}

export async function isLocalPortFree(port: number): Promise<boolean> {
  return (await portIfFree(port)) !== undefined;
}

/** By listening on it for a moment; 0 is any. Low ports may not be ours to take, which is the same to us. */
async function portIfFree(wanted: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
  } catch {
    return undefined;
  }
}
