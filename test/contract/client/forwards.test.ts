import { text } from 'node:stream/consumers';
import net from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { getBox } from '../../../src/api/boxes';
import { Secret } from '../../../src/api/secret';
import { Transport } from '../../../src/api/transport';
import type { Box } from '../../../src/api/types';
import type { Connection } from '../../../src/app/connection';
import { Observable } from '../../../src/app/observable';
import { Forwards } from '../../../src/app/services/forwards';
import { readListeningPorts } from '../../../src/app/services/read-ports';
import { Session } from '../../../src/app/session';
import { testEnvironment } from '../../harness/env';
import { until } from '../../harness/until';
import { engineRoom } from '../engine/fixture/engine-room';
import { scratchFilesystem } from '../engine/fixture/root-filesystem';
import { runningServer } from '../local/fixture/running-server';
import { unique } from '../local/fixture/wire';
import { echoPort, serviceBox, servicePort, startServices } from '../local/services/fixture/service-box';
import { greetedAndEchoed, startWebSocketService, webSocketPort } from './fixture/web-socket-service';

// Ports of real sandboxes on this machine, as a window of the editor holds them.

const running = runningServer();
const room = engineRoom(testEnvironment().engine);
const current = new Observable<Connection>({ state: 'signed-out' });
const forwards = new Forwards(current);
let session: Session;
let box: Box;

beforeAll(async () => {
  const { id } = await serviceBox(running.wire);
  await startWebSocketService(running.wire, id);
  const { endpoint, apiKey } = running.server;
  const transport = new Transport({ endpoint, apiKey: new Secret(apiKey) });
  session = new Session({ kind: 'local' }, transport, () => 50);
  current.set({ state: 'connected', target: session.target, endpoint, session });
  box = await getBox(transport, id);
  await session.inventory.boxes.refresh();
});
afterAll(async () => {
  await forwards.dispose();
  await session.end();
});

const anyPort = 0;

async function echoed(port: number, words: string): Promise<string> {
  const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.end(words);
  return text(socket);
}

async function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

it('what listens in a sandbox is read with the names of the programs', async () => {
  const ports = await readListeningPorts(session, box.id);
  expect(ports).toEqual([
    { port: webSocketPort, program: 'nc' },
    { port: servicePort, program: 'nc' },
    { port: echoPort, program: 'nc' },
  ]);
});

it('an image without a shell tells nothing of its ports, which is no failure', async () => {
  const image = await room.image(await scratchFilesystem());
  const snapshot = await running.wire.build(`scratch-${unique()}`, image);
  const bare = await running.wire.boot({ snapshot_id: snapshot.id });
  expect(await readListeningPorts(session, bare.id)).toBeUndefined();
});

it('a web server and a WebSocket are reached at a port of this machine', async () => {
  const web = await forwards.begin(session, box, servicePort, anyPort);
  const page = await fetch(`http://127.0.0.1:${web.localPort}/some/path`);
  expect(await page.text()).toMatch(/^get \/some\/path HTTP\/1\.1/i);
  const sockets = await forwards.begin(session, box, webSocketPort, anyPort);
  const address = `ws://127.0.0.1:${sockets.localPort}/`;
  expect(await greetedAndEchoed(() => new WebSocket(address), 'there and back')).toEqual([
    'hello',
    'there and back',
  ]);
  expect(await forwards.begin(session, box, servicePort, anyPort)).toBe(web);
});

it('a port that is forwarded already on this machine is refused to another', async () => {
  const { localPort } = forwards.find(box.id, servicePort)!;
  await expect(forwards.begin(session, box, echoPort, localPort)).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
  expect(forwards.find(box.id, echoPort)).toBeUndefined();
});

it('where nothing listens is told until something does', async () => {
  const silent = await forwards.begin(session, box, 7100, anyPort);
  await echoed(silent.localPort, 'lost').catch(() => undefined);
  await until('the failure to be told', () => forwards.find(box.id, 7100)?.failure);
  expect(forwards.find(box.id, 7100)?.failure?.reason).toContain('Nothing listens');
  await running.wire.execute(
    box.id,
    `setsid nc -ll -p 7100 -e /bin/cat </dev/null >/dev/null 2>&1 &
     until netstat -tln | grep -q :7100; do sleep 0.02; done`,
  );
  expect(await echoed(silent.localPort, 'found')).toBe('found');
  expect(forwards.find(box.id, 7100)?.failure).toBeUndefined();
});

it('one that is given up is closed at once, and the others go on', async () => {
  const { localPort } = forwards.find(box.id, 7100)!;
  await forwards.end({ boxId: box.id, port: 7100 });
  expect(await isListening(localPort)).toBe(false);
  expect(forwards.all.value.map(({ port }) => port)).toEqual([servicePort, webSocketPort]);
});

it('a sandbox that somebody else has stopped is not started by a connection; its forwards end, and it is told once', async () => {
  const told: unknown[] = [];
  const telling = forwards.ended.subscribe((ended) => told.push([ended?.why, ended?.forwards.length]));
  const { localPort } = forwards.find(box.id, servicePort)!;
  await running.wire.expect(204, 'POST', `/boxes/${box.id}/stop`);
  await until('the forwards to end', async () => {
    await echoed(localPort, 'GET / HTTP/1.0\r\n\r\n').catch(() => undefined);
    return forwards.all.value.length === 0 || undefined;
  });
  expect(await isListening(localPort)).toBe(false);
  expect(told).toEqual([['stopped', 2]]);
  telling.dispose();
});

it('they end with their sandbox when the list says that it is gone', async () => {
  await running.wire.expect(202, 'POST', `/boxes/${box.id}/start`);
  await until(
    'it to run',
    async () => (await getBox(session.transport, box.id)).status === 'ready' || undefined,
  );
  box = await getBox(session.transport, box.id);
  await startServices(running.wire, box.id);
  const { localPort } = await forwards.begin(session, box, echoPort, anyPort);
  expect(await echoed(localPort, 'again')).toBe('again');
  await running.wire.expect(204, 'DELETE', `/boxes/${box.id}`);
  await session.inventory.boxes.refresh();
  await until('the forward to end', () => forwards.ended.value?.why === 'deleted' || undefined);
  expect(await isListening(localPort)).toBe(false);
});

it('they end with the connection', async () => {
  box = await serviceBox(running.wire);
  const { localPort } = await forwards.begin(session, box, echoPort, anyPort);
  current.set({ state: 'signed-out' });
  expect(forwards.ended.value).toMatchObject({ why: 'disconnected', forwards: [{ port: echoPort }] });
  await until('the port to be free', async () => !(await isListening(localPort)) || undefined);
});
