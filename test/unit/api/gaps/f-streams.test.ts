import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { startCommand } from '../../../../src/api/commands/command';
import { streamCommand } from '../../../../src/api/commands/stream-command';
import { openTunnel } from '../../../../src/api/tunnel/tunnel';
import { scriptedSockets, type SocketScript } from '../scripted-sockets';
import { serveYamux } from '../tunnel/yamux-server';
import { bothSides, methodsOf, officialSockets, replyBox, settled } from './sides';

it('F a terminal has a size and takes another, the official SDK’s has no word for it', async () => {
  const script: SocketScript = {
    onFrame: ({ say }, { type, command_id }) => {
      if (type === 'resize') say({ type: 'exit', exit_code: 0 });
      else say({ type: 'started', command_id, pid: 1 });
    },
  };
  const theirs = await officialSockets(script);
  const options = { wait: false, pty: true, rows: 24, cols: 80 } as const;
  const handle = await theirs.sandbox.run('sh', options);
  expect(theirs.frames).toMatchObject([{ type: 'execute', pty: true }]);
  expect(theirs.frames[0]).not.toHaveProperty('rows');
  expect(theirs.frames[0]).not.toHaveProperty('cols');
  expect(methodsOf(handle).sort()).toEqual(['closeInput', 'kill', 'reconnect', 'sendInput']);

  const { transport, box, frames } = await scriptedSockets(script);
  const command = startCommand(transport, box, { pty: true, cols: 80, rows: 24 });
  command.resize({ cols: 120, rows: 40 });
  expect(await command.exited()).toBe(0);
  expect(frames).toMatchObject([
    { type: 'execute', pty: true, cols: 80, rows: 24 },
    { type: 'resize', cols: 120, rows: 40 },
  ]);
});

it('F without WebSockets output comes as the command says it, the official SDK’s when it has ended', async () => {
  const endings: (() => void)[] = [];
  const { official, ours, endpoint, seenOfOfficial, seenOfOurs } = await bothSides((response, { url }) => {
    if (!url.includes('execute')) {
      replyBox(response, `${endpoint}/b1`);
      return;
    }
    if (url.endsWith('start')) {
      response.write(
        `event: stdout\ndata: {"data":"${Buffer.from('first').toString('base64')}","offset":0}\n\n`,
      );
    }
    endings.push(() => response.end('event: exit\ndata: {"exit_code":3}\n\n'));
  });
  const sandbox = await official.getSandbox('mine');
  // As where the package `ws` is not installed.
  Object.assign(sandbox, { _wsAvailable: () => Promise.resolve(false) });
  const order = settled({ official: sandbox.run('x') });
  const output = streamCommand(ours, { id: 'b1' }, { command: 'x' });
  expect((await output.next()).value).toMatchObject({ bytes: Buffer.from('first') });
  await expect.poll(() => endings.length).toBe(2);
  expect(order).toEqual([]);
  endings.forEach((end) => end());
  expect(await output.next()).toMatchObject({ done: true, value: 3 });
  expect(seenOfOfficial().map(({ url }) => url)).toEqual(['/api/v2/sandboxes/boxes/mine', '/b1/execute']);
  expect(seenOfOurs().map(({ url }) => url)).toEqual(['/api/v2/sandboxes/b1/execute/stream/start']);
});

it('F a port of a sandbox is reached over a tunnel, the official SDK has none', async () => {
  const { official, ours, endpoint, server } = await bothSides((response) =>
    replyBox(response, `${endpoint}/b1`),
  );
  const sandbox = await official.getSandbox('mine');
  const words = /tunnel|forward|port|dial|connect|socket/i;
  expect([...methodsOf(official), ...methodsOf(sandbox)].filter((name) => words.test(name))).toEqual([
    'reconnect',
  ]);
  new WebSocketServer({ server }).on('connection', (socket: WebSocket) => {
    onTestFinished(() => socket.terminate());
    serveYamux(socket, {
      onData: (stream, data) => stream.send(`${stream.port} heard ${data.toString()}`),
      onFin: (stream) => stream.fin(),
    });
  });
  const tunnel = openTunnel(ours, { id: 'b1' });
  onTestFinished(() => tunnel.close());
  const connection = await tunnel.connect(8080);
  connection.end('a question');
  expect(await text(connection)).toBe('8080 heard a question');
});
