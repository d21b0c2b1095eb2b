import { createServer as createProxy, type IncomingMessage } from 'node:http';
import { createServer as createSecure } from 'node:https';
import { connect, type AddressInfo, type Server } from 'node:net';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer } from 'ws';
import { proxyFor } from '../../../../src/api/network/proxy-route';
import { Secret } from '../../../../src/api/secret';
import { listSnapshots } from '../../../../src/api/snapshots';
import { Transport } from '../../../../src/api/transport';
import { makeCertificate } from './certificates';

const hostname = 'sandboxes.test';
let certificate: { cert: string; key: string };
beforeAll(async () => {
  certificate = await makeCertificate(hostname);
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

/** HTTPS with a certificate of its own, which echoes on WebSockets. */
async function secureServer(): Promise<number> {
  const server = createSecure(certificate, (_, response) => response.end('{"items":[],"next_cursor":null}'));
  const webSockets = new WebSocketServer({ server });
  webSockets.on('connection', (socket) => socket.on('message', (data) => socket.send(data)));
  onTestFinished(() => {
    server.closeAllConnections();
    webSockets.clients.forEach((client) => client.terminate());
  });
  return listen(server);
}

/** A proxy that knows `CONNECT` alone, and leads every name to this machine. */
async function connectProxy({ password, refuse = false }: { password?: string; refuse?: boolean } = {}) {
  const asked: string[] = [];
  const server = createProxy((_, response) => response.writeHead(405).end());
  server.on('connect', (request: IncomingMessage, socket, head: Buffer) => {
    asked.push(request.url ?? '');
    const wanted = password && `Basic ${Buffer.from(`me:${password}`).toString('base64')}`;
    if (refuse || request.headers['proxy-authorization'] !== wanted) {
      socket.end('HTTP/1.1 407 No\r\n\r\n');
      return;
    }
    const out = connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      out.write(head);
      out.pipe(socket).pipe(out);
    });
    out.on('error', () => socket.destroy());
    socket.on('error', () => out.destroy());
    onTestFinished(() => void out.destroy());
  });
  return { port: await listen(server), asked };
}

function transportTo(options: ConstructorParameters<typeof Transport>[0]): Transport {
  const transport = new Transport(options);
  onTestFinished(() => transport.close());
  return transport;
}

async function echo(transport: Transport, url: string): Promise<string> {
  const line = await transport.line(url);
  await line.send('hello');
  for await (const message of line.messages()) {
    line.close();
    return message.toString();
  }
  throw new Error('no echo');
}

describe('a server with a certificate of its own', () => {
  it('is refused, for HTTP and for WebSockets', async () => {
    const endpoint = `https://127.0.0.1:${await secureServer()}`;
    const transport = transportTo({ endpoint, environment: {} });
    const refusal = { kind: 'unreachable', obstacle: { problem: 'certificate' } };
    await expect(listSnapshots(transport)).rejects.toMatchObject(refusal);
    await expect(transport.line(endpoint)).rejects.toMatchObject(refusal);
  });

  it('is refused, too, where the machine’s own certificates count', async () => {
    const endpoint = `https://127.0.0.1:${await secureServer()}`;
    const transport = transportTo({ endpoint, systemCertificates: true, environment: {} });
    await expect(listSnapshots(transport)).rejects.toMatchObject({ obstacle: { problem: 'certificate' } });
  });

  it('is trusted when its certificate is given', async () => {
    const endpoint = `https://127.0.0.1:${await secureServer()}`;
    const transport = transportTo({ endpoint, ca: certificate.cert, environment: {} });
    expect((await listSnapshots(transport)).items).toEqual([]);
    expect(await echo(transport, endpoint)).toBe('hello');
  });
});

describe('a proxy', () => {
  it('leads to the server, with its own name and password, for HTTP and for WebSockets', async () => {
    const endpoint = `https://${hostname}:${await secureServer()}`;
    const password = 'pass word';
    const { port, asked } = await connectProxy({ password });
    const environment = { https_proxy: `http://me:${encodeURIComponent(password)}@127.0.0.1:${port}` };
    const transport = transportTo({ endpoint, ca: certificate.cert, environment });
    expect((await listSnapshots(transport)).items).toEqual([]);
    expect(await echo(transport, endpoint)).toBe('hello');
    expect(asked).toEqual([new URL(endpoint).host, new URL(endpoint).host]);
  });

  it('is told what it wants to hear, and may be trusted with everything', async () => {
    const endpoint = `https://${hostname}:${await secureServer()}`;
    const { port, asked } = await connectProxy({ password: 'secret' });
    const environment = { https_proxy: `http://127.0.0.1:${port}` };
    const proxyAuthorization = new Secret(`Basic ${Buffer.from('me:secret').toString('base64')}`);
    const options = { endpoint, environment, proxyAuthorization };
    const strict = transportTo(options);
    const refusal = { kind: 'unreachable', obstacle: { problem: 'certificate' } };
    await expect(listSnapshots(strict)).rejects.toMatchObject(refusal);
    await expect(strict.line(endpoint)).rejects.toMatchObject(refusal);
    const trusting = transportTo({ ...options, verifyThroughProxy: false });
    expect((await listSnapshots(trusting)).items).toEqual([]);
    expect(await echo(trusting, endpoint)).toBe('hello');
    expect(asked.length).toBeGreaterThanOrEqual(4);
  });

  it('that can’t be used is named without its password when the direct way leads nowhere', async () => {
    const environment = { https_proxy: 'socks5://me:pass@proxy.test:1080' };
    const transport = transportTo({ endpoint: 'https://nowhere.invalid', environment });
    const refusal = { kind: 'unreachable', obstacle: { unusedProxy: 'socks5://proxy.test:1080' } };
    await expect(listSnapshots(transport)).rejects.toMatchObject(refusal);
    await expect(transport.line('https://nowhere.invalid')).rejects.toMatchObject(refusal);
  });

  it('that refuses is told, for WebSockets within their time', async () => {
    const { port } = await connectProxy({ refuse: true });
    const environment = { https_proxy: `http://127.0.0.1:${port}` };
    const transport = transportTo({ endpoint: `https://${hostname}`, environment });
    await expect(listSnapshots(transport, {}, { timeoutMs: 2_000 })).rejects.toMatchObject({
      kind: 'unreachable',
    });
    await expect(transport.line(`https://${hostname}`)).rejects.toMatchObject({ kind: 'unreachable' });
  });
});

describe('the way to a server', () => {
  const environment = {
    HTTPS_PROXY: 'http://p:1',
    http_proxy: 'p:2',
    NO_PROXY: 'a.test, .b.test *.c.test,d.test:8443',
  };
  it.each([
    ['https://x.test', 'http://p:1/'],
    ['wss://x.test', 'http://p:1/'],
    ['http://x.test', 'http://p:2/'],
    ['https://a.test', undefined],
    ['https://below.a.test', undefined],
    ['https://nota.test', 'http://p:1/'],
    ['https://x.b.test', undefined],
    ['https://x.c.test', undefined],
    ['https://d.test:8443', undefined],
    ['https://d.test', 'http://p:1/'],
    ['http://127.0.0.1:8000', undefined],
    ['http://box--80.localhost', undefined],
    ['http://[::1]', undefined],
  ])('%s leads through %s', (target, proxy) => {
    expect(proxyFor(new URL(target), environment)?.href).toBe(proxy);
  });

  it('leads through none when none is named, when all are excepted, or when its scheme is not known', () => {
    const target = new URL('https://x.test');
    expect(proxyFor(target, {})).toBeUndefined();
    expect(proxyFor(target, { https_proxy: 'http://p', no_proxy: '*' })).toBeUndefined();
    for (const proxy of ['socks5://me:pass@p:1', 'http://p/wpad.dat', 'http://p/proxy.pac']) {
      expect(proxyFor(target, { https_proxy: proxy })).toBeUndefined();
    }
  });
});
