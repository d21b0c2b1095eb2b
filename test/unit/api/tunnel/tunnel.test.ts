import { once } from 'node:events';
import { connect } from 'node:net';
import { buffer, text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { forwardPort } from '../../../../src/api/tunnel/forward';
import { openTunnel, type Tunnel } from '../../../../src/api/tunnel/tunnel';
import { encodeFrame, flag, frameType, initialWindow } from '../../../../src/api/tunnel/yamux-frame';
import { scripted } from '../scripted-server';
import { serveYamux, type TunnelScript } from './yamux-server';

async function tunnelTo(script: TunnelScript): Promise<{ tunnel: Tunnel; sockets: WebSocket[] }> {
  const { transport, server } = await scripted((response) => response.writeHead(404).end());
  const sockets: WebSocket[] = [];
  new WebSocketServer({ server }).on('connection', (socket: WebSocket) => {
    sockets.push(socket);
    serveYamux(socket, script);
  });
  const tunnel = openTunnel(transport, { id: 'b1' });
  onTestFinished(() => {
    tunnel.close();
    sockets.forEach((socket) => socket.terminate());
  });
  return { tunnel, sockets };
}

const echo: TunnelScript = {
  onData: (stream, data) => {
    stream.send(data);
    stream.grant(data.length);
  },
  onFin: (stream) => stream.fin(),
};

describe('a tunnel', () => {
  it('leads to a port and back, byte for byte, and is one WebSocket for all', async () => {
    const { tunnel, sockets } = await tunnelTo(echo);
    const [first, second] = await Promise.all([tunnel.connect(8080), tunnel.connect(9090)]);
    const big = Buffer.alloc(initialWindow * 4, 'abc');
    first.end(big);
    second.end('small');
    expect((await buffer(first)).equals(big)).toBe(true);
    expect(await text(second)).toBe('small');
    expect(sockets).toHaveLength(1);
  });

  it.each([
    [1, 'PortNotAllowed', 'forbidden'],
    [2, 'DialFailed', 'unavailable'],
    [3, 'BadVersion', 'server'],
    [9, undefined, 'server'],
  ])('says how a port is refused (%i)', async (status, errorType, kind) => {
    const { tunnel } = await tunnelTo({ status: () => status });
    await expect(tunnel.connect(1)).rejects.toMatchObject({ errorType, kind });
  });

  it('sends no more than the sandbox takes, and the rest when it takes more', async () => {
    let sent = 0;
    let grant: (bytes: number) => void = () => undefined;
    const { tunnel } = await tunnelTo({
      onData: (stream, data) => {
        sent += data.length;
        grant = stream.grant;
      },
    });
    const stream = await tunnel.connect(1);
    let isWritten = false;
    stream.write(Buffer.alloc(initialWindow + 100), () => (isWritten = true));
    // The greeting has taken three bytes of the window.
    await expect.poll(() => sent).toBe(initialWindow - 3);
    expect(isWritten).toBe(false);
    grant(1000);
    await expect.poll(() => isWritten).toBe(true);
    expect(sent).toBe(initialWindow + 100);
  });

  it('gives the sandbox credit only for what was read', async () => {
    let granted = 0;
    const { tunnel } = await tunnelTo({
      onData: (stream) => {
        stream.send(Buffer.alloc(initialWindow - 1));
      },
      onFrame: ({ type, flags, length }) => {
        if (type === frameType.windowUpdate && flags === 0) granted += length;
      },
    });
    const stream = await tunnel.connect(1);
    stream.write('go');
    await once(stream, 'readable');
    expect(granted).toBe(0);
    stream.resume();
    await expect.poll(() => granted).toBeGreaterThanOrEqual(initialWindow / 2);
  });

  it('ends a stream whose other side overruns its window', async () => {
    const { tunnel } = await tunnelTo({
      onData: (stream) => {
        for (let sent = 0; sent < 5; sent++) stream.send(Buffer.alloc(initialWindow / 4));
      },
    });
    const stream = await tunnel.connect(1);
    stream.write('go');
    await expect(once(stream, 'close')).rejects.toMatchObject({ name: 'ProtocolError' });
  });

  it('answers pings with their mark', async () => {
    const answers: number[] = [];
    const { tunnel, sockets } = await tunnelTo({
      onFrame: ({ type, flags, length }) => {
        if (type === frameType.ping && flags === flag.ack) answers.push(length);
      },
    });
    await tunnel.connect(1);
    sockets[0]?.send(encodeFrame({ type: frameType.ping, flags: flag.syn, stream: 0, length: 77 }));
    await expect.poll(() => answers).toEqual([77]);
  });

  it('that breaks fails its streams, and the next connection opens another', async () => {
    const { tunnel, sockets } = await tunnelTo(echo);
    const stream = await tunnel.connect(1);
    const failed = once(stream, 'end');
    sockets[0]?.terminate();
    await expect(failed).rejects.toMatchObject({ code: 'ECONNRESET' });
    const another = await tunnel.connect(1);
    another.end('again');
    expect(await text(another)).toBe('again');
    expect(sockets).toHaveLength(2);
  });

  it('whose server says goodbye is not used for another connection', async () => {
    const { tunnel, sockets } = await tunnelTo(echo);
    const first = await tunnel.connect(1);
    sockets[0]?.send(encodeFrame({ type: frameType.goAway, flags: 0, stream: 0, length: 0 }));
    await expect
      .poll(async () => {
        (await tunnel.connect(1)).destroy();
        return sockets.length;
      })
      .toBe(2);
    first.end('still here');
    expect(await text(first)).toBe('still here');
  });

  it('that answers with nonsense is left', async () => {
    const { tunnel, sockets } = await tunnelTo({});
    const stream = await tunnel.connect(1);
    const closed = once(sockets[0]!, 'close');
    const failed = once(stream, 'end');
    sockets[0]?.send(Buffer.alloc(12, 0xff));
    await expect(failed).rejects.toMatchObject({ name: 'ProtocolError' });
    await closed;
  });

  it('refused by the server is told with its sentence, and an aborted wait ends at once', async () => {
    const { transport } = await scripted(() => undefined);
    const tunnel = openTunnel(transport, { id: 'b1' });
    const abort = new AbortController();
    const waiting = tunnel.connect(1, { signal: abort.signal });
    abort.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    tunnel.close();
    await expect(tunnel.connect(1)).rejects.toThrow();
  });
});

describe('a forwarded port', () => {
  it('takes connections on this machine, with half of them closed first', async () => {
    let got = '';
    const { tunnel } = await tunnelTo({
      onData: (_, data) => (got += data.toString()),
      onFin: (stream) => {
        stream.send(`you said ${got}`);
        stream.fin();
      },
    });
    await using forwarding = await forwardPort(tunnel, 8080);
    const socket = connect({ port: forwarding.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.end('hello');
    expect(await text(socket)).toBe('you said hello');
  });

  it('closes a connection that the sandbox refuses, and says why', async () => {
    const { tunnel } = await tunnelTo({ status: () => 2 });
    const failures: unknown[] = [];
    await using forwarding = await forwardPort(tunnel, 1, { onFailure: (failure) => failures.push(failure) });
    const socket = connect(forwarding.port, '127.0.0.1');
    socket.on('error', () => undefined);
    await once(socket, 'close');
    expect(failures).toMatchObject([{ errorType: 'DialFailed' }]);
  });

  it('ends with all its connections', async () => {
    const { tunnel } = await tunnelTo(echo);
    const forwarding = await forwardPort(tunnel, 1);
    const socket = connect(forwarding.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write('x');
    await once(socket, 'data');
    await forwarding[Symbol.asyncDispose]();
    if (!socket.closed) await once(socket, 'close');
  });
});
