import { createServer as createHttp, type IncomingMessage } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { request } from 'node:http';
import { connect, type AddressInfo, type Server } from 'node:net';

/** A proxy that knows `CONNECT` alone; behind it, whatever name is asked for, is one HTTPS server. */
export interface ConnectProxy {
  readonly port: number;
  /** `host:port` of each way through that was asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** `target` is where the HTTPS server hands its requests on to, an `http://` address. */
export async function startConnectProxy(
  target: string,
  certificate: { cert: string; key: string },
): Promise<ConnectProxy> {
  const asked: string[] = [];
  const secure = createSecure(certificate, (from, to) => {
    const { method, url, headers } = from;
    const on = request(`${target}${url}`, { method, headers }, (reply) => {
      to.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(to);
    });
    on.on('error', () => to.destroy());
    from.pipe(on);
  });
  const securePort = await listen(secure);
  const proxy = createHttp((_, response) => response.writeHead(405).end());
  proxy.on('connect', ({ url = '' }: IncomingMessage, socket, head: Buffer) => {
    asked.push(url);
    const out = connect(securePort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      out.write(head);
      out.pipe(socket).pipe(out);
    });
    out.on('error', () => socket.destroy());
    socket.on('error', () => out.destroy());
  });
  const port = await listen(proxy);
  return {
    port,
    asked,
    close: async () => {
      for (const server of [proxy, secure]) {
        const closed = new Promise<void>((resolve) => server.close(() => resolve()));
        server.closeAllConnections();
        await closed;
      }
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
