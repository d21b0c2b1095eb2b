import { beforeAll, expect, it } from 'vitest';
import { engineView } from '../local/fixture/engine-view';
import { ask, type Reply } from './fixture/ask';
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
import { headRows } from './rows/heads';
import { listRows } from './rows/lists';
import { localRows, surplusRows } from './rows/local';
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

it.for(rawRows)('a connection with %s is refused', async ([, bytes, gets, says]) => {
  const text = await sendRaw(scene.running.server.endpoint, fill(bytes));
  const status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(text)?.[1]);
  const body = /\{.*\}/s.exec(text)?.[0] ?? text;
  expectRefusal({ status, text: body }, gets, says);
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
  expect(closeCode, JSON.stringify(conversation)).toBe(closes);
  const hasFrame = closes === 1000 || closes === 1008;
  if (hasFrame) {
    expect(last?.type).toBe('error');
    expect(last?.error_type).toMatch(/^[A-Z][A-Za-z]+$/);
  }
  const sentence = (hasFrame ? last?.error : closeReason) ?? '';
  expectSentence(sentence);
  expect(sentence).toMatch(says);
});

const askDoor = (
  method: string,
  path: string,
  headers: Record<string, string>,
  body?: string,
): Promise<Reply> => {
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fillDoor(value)]));
  return ask(scene.running.server.endpoint, { method, path: fillDoor(path), headers: given, body });
};

it.for([...doorRows, ...localRows])('%s is refused', async ([, request, headers, gets, says]) => {
  const [method = '', path = ''] = request.split(' ');
  expectRefusal(await askDoor(method, path, headers), gets, says);
});

it.for(headRows)('HEAD of %s is refused as GET is', async ([, path, headers, status, says]) => {
  const get = await askDoor('GET', path, headers);
  expectRefusal(get, [status], says);
  const head = await askDoor('HEAD', path, headers);
  expect([head.status, head.text]).toEqual([status, '']);
  for (const name of ['content-type', 'allow']) expect(head.headers?.[name]).toBe(get.headers?.[name]);
});

it.for(surplusRows)('%s is answered as without', async ([, path, body = '']) => {
  const key = { 'X-Api-Key': '{key}' };
  const { status, text } = await askDoor('GET', path.replace(/\?.*/, ''), key);
  expect(status).toBe(200);
  expect(await askDoor('GET', path, { ...key, 'Content-Length': String(body.length) }, body)).toMatchObject({
    status,
    text,
  });
});

it.for(rangeRows)('a link asked for %s is answered %i', async ([range, status, contentRange]) => {
  const url = `${scene.running.server.endpoint}${fillDoor('/downloads/{link}')}`;
  const whole = await fetch(url);
  const { byteLength: size } = await whole.arrayBuffer();
  const sized = (text: string): string =>
    text.replaceAll('{size}', String(size)).replaceAll('{last}', String(size - 1));
  for (const method of ['GET', 'HEAD']) {
    const reply = await fetch(url, { method, headers: { Range: sized(range) } });
    const length = (await reply.arrayBuffer()).byteLength;
    expect([reply.status, reply.headers.get('content-range'), length], method).toEqual([
      status,
      contentRange === undefined ? null : sized(contentRange),
      status === 416 || method === 'HEAD' ? 0 : size,
    ]);
  }
});

it('the server is up, and nothing was left behind', async () => {
  expect((await scene.running.wire.call('GET', '/boxes')).status).toBe(200);
  await expect.poll(() => traces(scene.running, view), { timeout: 10_000 }).toEqual(before);
});
