import { createServer, type RequestListener } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { engineAddress } from '../../../../../src/local/engine/address';
import { openHttp, type EngineHttp } from '../../../../../src/local/engine/http/http';
import { until } from '../../../../harness/until';

const soon = (): AbortSignal => AbortSignal.timeout(20_000);

function httpTo(server: net.Server): EngineHttp {
  const http = openHttp(engineAddress(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`));
  onTestFinished(async () => {
    await http.close();
    server.close();
  });
  return http;
}

async function httpToServer(
  answer: RequestListener,
): Promise<{ http: EngineHttp; connections: () => number }> {
  let connections = 0;
  const server = createServer(answer).on('connection', () => void (connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => server.closeAllConnections());
  return { http: httpTo(server), connections: () => connections };
}

async function httpToSocket(serve: (socket: net.Socket) => void): Promise<EngineHttp> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return httpTo(server);
}

it('a body that is given up is heard when it breaks: unheard, that would end the process', async () => {
  const { http } = await httpToServer(
    (_request, response) => void response.writeHead(200).write('more to come'),
  );
  const body = await http.send({ method: 'GET', path: '/' }, soon());
  expect(body.listenerCount('error')).toBeGreaterThan(0);
  body.destroy();
});

it('a reply is taken as slowly as its reader wants: the sender waits, and little of it is here', async () => {
  const chunk = Buffer.alloc(32 * 1024, 'x');
  let sent = 0;
  const { http } = await httpToServer((_request, response) => {
    const endless = function* (): Generator<Buffer> {
      for (; sent < 400_000_000; sent += chunk.length) yield chunk;
    };
    Readable.from(endless(), { objectMode: false }).pipe(response);
  });
  const body = await http.send({ method: 'GET', path: '/', silence: 200 }, soon());
  let taken = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    taken += part.length;
    await setImmediate();
    if (taken > 40_000_000) break;
  }
  expect(sent - taken).toBeLessThan(40_000_000);
});

it('a reply whose engine leaves is whole for a slow reader, or told to be broken', async () => {
  const whole = Buffer.alloc(512 * 1024, 'y');
  for (const [length, sent] of [
    [whole.length, whole],
    [whole.length + 1, whole],
  ] as const) {
    const http = await httpToSocket((socket) => {
      socket.once('data', () => {
        socket.end(
          Buffer.concat([Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n`), sent]),
        );
      });
    });
    const body = await http.send({ method: 'GET', path: '/' }, soon());
    await sleep(50);
    const read = text(body).then((said) => said.length);
    if (length === sent.length) expect(await read).toBe(sent.length);
    else await expect(read).rejects.toMatchObject({ code: 'ECONNRESET' });
  }
});

it('an engine that says nothing is not waited for, before its reply and in it', async () => {
  const silent = await httpToServer(() => undefined);
  await expect(silent.http.send({ method: 'GET', path: '/', silence: 100 }, soon())).rejects.toThrow(
    /can't be reached: no reply in time/,
  );
  const { http } = await httpToServer((_request, response) => void response.writeHead(200).write('and then'));
  const body = await http.send({ method: 'GET', path: '/', silence: 100 }, soon());
  await expect(text(body)).rejects.toThrow('the reply stopped');
});

it('a reader who takes his time is not silence; what comes after him is', async () => {
  const { http } = await httpToServer((_request, response) => void response.writeHead(200).write('and then'));
  const body = await http.send({ method: 'GET', path: '/', silence: 50 }, soon());
  await until('something to read', () => body.readableLength > 0 || undefined);
  await sleep(200);
  expect(body.destroyed).toBe(false);
  await expect(text(body)).rejects.toThrow('the reply stopped');
});

it('a path that is too long for a socket is told', async () => {
  const http = openHttp(engineAddress(`unix:///tmp/${'long'.repeat(60)}`));
  onTestFinished(() => http.close());
  await expect(http.send({ method: 'GET', path: '/' }, soon())).rejects.toMatchObject({
    kind: 'engine-unreachable',
  });
  await expect(http.hijack({ path: '/', json: {} }, soon())).rejects.toMatchObject({
    kind: 'engine-unreachable',
  });
});

it('the signal ends a request and a reply, with its reason', async () => {
  const { http } = await httpToServer((request, response) => {
    if (request.url === '/begun') response.writeHead(200).write('and then');
  });
  for (const path of ['/never', '/begun']) {
    const controller = new AbortController();
    const answer = http.send({ method: 'GET', path, silence: 'unlimited' }, controller.signal).then(text);
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await expect(answer).rejects.toThrow('enough');
  }
});

it('a connection is used again, also after a refusal and a reply that was not read', async () => {
  const { http, connections } = await httpToServer((request, response) => {
    response.writeHead(request.url === '/refused' ? 500 : 200).end('{"message":"No."}');
  });
  await text(await http.send({ method: 'GET', path: '/' }, soon()));
  await expect(http.send({ method: 'POST', path: '/refused', json: {} }, soon())).rejects.toThrow('No.');
  (await http.send({ method: 'HEAD', path: '/' }, soon())).resume();
  await until('it to be free again', async () => {
    const before = connections();
    await text(await http.send({ method: 'GET', path: '/' }, soon()));
    return connections() === before || undefined;
  });
  expect(connections()).toBeLessThanOrEqual(2);
});

it('a refusal is heard while a body is still being sent', async () => {
  const said = '{"message":"no space left on device"}';
  const http = await httpToSocket((socket) => {
    socket.once('data', () => {
      socket.pause().end(`HTTP/1.1 500 No\r\nContent-Length: ${said.length}\r\n\r\n${said}`);
      setTimeout(() => socket.destroy(), 500); // as Go's server does it
    });
  });
  const tar = Readable.from(Array.from({ length: 400 }, () => Buffer.alloc(64 * 1024)));
  const put = http.send({ method: 'PUT', path: '/', tar, silence: 'unlimited' }, soon());
  await expect(put).rejects.toMatchObject({ kind: 'disk-full' });
});

it('what fails in the body that is sent fails the request', async () => {
  const { http } = await httpToServer((request) => void request.resume());
  const broken = function* (): Generator<Buffer> {
    yield Buffer.alloc(10);
    throw new Error('the file is gone');
  };
  const put = http.send({ method: 'PUT', path: '/', tar: Readable.from(broken()) }, soon());
  await expect(put).rejects.toThrow(/the file is gone/);
});

it.each([
  [
    'what speaks no HTTP',
    (socket: net.Socket) => void socket.end('SSH-2.0-OpenSSH\r\n'),
    /does not speak HTTP/,
  ],
  ['one who hangs up', (socket: net.Socket) => void socket.destroy(), /the connection broke off/],
])('%s is told', async (_, serve, expected) => {
  const http = await httpToSocket(serve);
  await expect(http.send({ method: 'GET', path: '/' }, soon())).rejects.toThrow(expected);
});

it('once it is closed, nothing goes out, and what was under way ends', async () => {
  const { http } = await httpToServer(() => undefined);
  const answer = http.send({ method: 'GET', path: '/', silence: 'unlimited' }, soon());
  await http.close();
  await expect(answer).rejects.toThrow(/the connection broke off/);
  await expect(http.send({ method: 'GET', path: '/' }, soon())).rejects.toThrow(/the connection was closed/);
});
