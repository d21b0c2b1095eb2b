import { beforeAll, expect, it } from 'vitest';
import { engineView } from '../local/fixture/engine-view';
import { ask } from './fixture/ask';
import { doors } from './fixture/doors';
import { sendRaw } from './fixture/raw';
import { expectRefusal, expectSentence } from './fixture/refusal';
import { converse } from './fixture/socket';
import { stage } from './fixture/stage';
import { traces, type Traces } from './fixture/traces';
import { boxRows } from './rows/boxes';
import { cloudRows } from './rows/cloud';
import { commandRows, fileRows } from './rows/dataplane';
import { doorRows, rangeRows } from './rows/doors';
import { listRows } from './rows/lists';
import { registryRows } from './rows/registries';
import { proxyRows } from './rows/proxy';
import { otherRows, serviceRows, usageRows } from './rows/services';
import { snapshotRows } from './rows/snapshots';
import { headerRows, rawRows } from './rows/http';
import { handshakeRows, socketRows } from './rows/sockets';
import { uploadRows } from './rows/uploads';

// Each row of each table is wrong in one way: it gets its status and a sentence, and leaves nothing behind.

const scene = stage();
const view = engineView();
const fillDoor = doors(scene);
let before: Traces;

beforeAll(async () => {
  before = await traces(scene.running, view);
});

const fill = (text: string): string =>
  scene
    .fill(text)
    .replaceAll('{key}', scene.running.server.apiKey)
    .replaceAll('{host}', new URL(scene.running.server.endpoint).host);
const filled = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]));
const socketUrl = (path: string): string =>
  `${scene.running.server.endpoint.replace('http', 'ws')}/v2/sandboxes${scene.fill(path)}`;

it.for([
  ...snapshotRows,
  ...listRows,
  ...boxRows,
  ...cloudRows,
  ...registryRows,
  ...commandRows,
  ...fileRows,
  ...serviceRows,
  ...proxyRows,
  ...usageRows,
  ...otherRows,
])('%s is refused', async ([, request, body, gets, says]) => {
  const reply = await scene.ask(request, body);
  expectRefusal(reply, [gets].flat(), new RegExp(scene.fill(says.source), says.flags));
});

it.for(headerRows)('a request with %s is refused', async ([, headers, gets, says]) => {
  expectRefusal(await scene.ask('GET /boxes', undefined, filled(headers)), gets, says);
});

it.for(rawRows)('a connection with %s is refused', async ([, bytes, gets]) => {
  const text = await sendRaw(scene.running.server.endpoint, fill(bytes));
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]);
  const body = /\{.*\}/s.exec(text)?.[0] ?? text;
  expectRefusal({ status, text: body }, gets, /./);
});

it.for(uploadRows)('an upload with %s is refused', async ([, query, type, body, gets, says]) => {
  const headers: Record<string, string> = type === '' ? {} : { 'Content-Type': type };
  expectRefusal(await scene.ask(`POST /{box}/upload${query}`, body, headers), gets, says);
});

it.for(handshakeRows)('a socket with %s is refused', async ([, path, headers, gets, says]) => {
  const reply = await scene.ask(`GET ${path}`, undefined, {
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  });
  expectRefusal(reply, gets, says);
});

it.for(socketRows)('on a socket, %s is refused', async ([, path, sent, says, closes]) => {
  const headers = { 'X-Api-Key': scene.running.server.apiKey };
  const conversation = await converse(socketUrl(path), headers, sent);
  const { messages, closeCode, closeReason } = conversation;
  const last = messages.at(-1);
  if (last?.type !== 'error') {
    expect(closes, JSON.stringify(conversation)).toContain(closeCode);
    return;
  }
  expect(last.error_type).toMatch(/^[A-Z][A-Za-z]+$/);
  expectSentence(last.error ?? '');
  expect(`${last.error} ${closeReason}`).toMatch(says);
});

it.for(doorRows)('%s is refused', async ([, request, headers, gets, says]) => {
  const [method = '', path = ''] = fillDoor(request).split(' ');
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fillDoor(value)]));
  const reply = await ask(scene.running.server.endpoint, { method, path, headers: given });
  expectRefusal(reply, gets, says);
});

it.for(rangeRows)('a link asked for %s is answered %i', async ([range, status, contentRange]) => {
  const url = `${scene.running.server.endpoint}${fillDoor('/downloads/{link}')}`;
  const whole = await fetch(url);
  const { byteLength: size } = await whole.arrayBuffer();
  const sized = (text: string): string =>
    text.replaceAll('{size}', String(size)).replaceAll('{last}', String(size - 1));
  const reply = await fetch(url, { headers: { Range: sized(range) } });
  const length = (await reply.arrayBuffer()).byteLength;
  expect([reply.status, reply.headers.get('content-range'), length]).toEqual([
    status,
    contentRange === undefined ? null : sized(contentRange),
    status === 416 ? 0 : size,
  ]);
});

it('the server is up, and nothing was left behind', async () => {
  expect((await scene.running.wire.call('GET', '/boxes')).status).toBe(200);
  await expect.poll(() => traces(scene.running, view), { timeout: 10_000 }).toEqual(before);
});
