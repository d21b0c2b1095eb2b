import http from 'node:http';
import { expect, it } from 'vitest';
import { runningServer } from './fixture/running-server';
import { sentence } from './fixture/wire';

const running = runningServer();

/** `fetch` sets Host and Origin itself. */
function get(path: string, headers: http.OutgoingHttpHeaders): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = http.get(running.server.endpoint + path, { headers, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.once('error', reject);
  });
}

const list = '/v2/sandboxes/boxes';

it.each([
  ['no key', {}, 403],
  ['a wrong key', { 'X-Api-Key': 'wrong' }, 403],
  ['a wrong bearer', { Authorization: 'Bearer wrong' }, 403],
])('a request with %s is refused', async (_, headers, status) => {
  const paths = [
    list,
    '/',
    '/nowhere',
    '/local/v1/about',
    '/local/v1/lease',
    '/v2/sandboxes/x/download?path=/',
  ];
  for (const path of paths) expect([path, await get(path, headers)]).toEqual([path, status]);
});

it('a refusal has the error body, whose id is in the log', async () => {
  const answer = await running.wire.call('GET', '/boxes', undefined, { 'X-Api-Key': 'wrong' });
  const { detail } = answer.json as { detail: { error: string; error_id: string } };
  expect(detail.error).toBe('Forbidden');
  expect(detail.error_id).toMatch(/^[0-9a-f-]{36}$/);
  await expect.poll(() => running.server.stderr()).toContain(detail.error_id);
});

it('the key is taken as a bearer as well', async () => {
  expect(await get(list, { Authorization: `Bearer ${running.server.apiKey}` })).toBe(200);
});

it('the key is taken when it is sent two times, and not beside another', async () => {
  const { apiKey } = running.server;
  const twice = (second: string) => get(list, { 'X-Api-Key': [apiKey, second] });
  expect([await twice(apiKey), await twice('wrong')]).toEqual([200, 403]);
});

it.each(['/v2/sandboxes', '/api/v2/sandboxes', '/api/v1/v2/sandboxes'])('%s is answered', async (prefix) => {
  expect(await get(`${prefix}/boxes`, { 'X-Api-Key': running.server.apiKey })).toBe(200);
  expect(await get(`${prefix}/boxes/`, { 'X-Api-Key': running.server.apiKey })).toBe(200);
});

it.each([
  ['Host', 'rebound.example.com', 403],
  ['Host', 'rebound.example.com:80', 403],
  ['Host', 'any.localhost:1234', 200],
  ['Host', '[::1]:80', 200],
  ['Origin', 'https://page.example.com', 403],
  ['Origin', 'null', 403],
  ['Origin', 'http://127.0.0.1:1', 403],
])('a request with %s %s is answered %i', async (header, value, status) => {
  expect(await get(list, { 'X-Api-Key': running.server.apiKey, [header]: value })).toBe(status);
});

it.each([
  ['GET', '/nowhere/at/all', undefined, 404, 'nothing under this path'],
  ['PUT', '/boxes', undefined, 405, 'This path answers to POST, GET only.'],
  ['GET', '/box/execute/ws', undefined, 426, 'Open this path as a WebSocket.'],
  ['POST', '/snapshots', { name: 'x'.repeat(2 * 1024 * 1024) }, 413, 'at most 1048576 bytes'],
  ['POST', '/snapshots', [], 422, 'The body must be an object, not a list.'],
])('%s %s is answered', async (method, path, body, status, reason) => {
  const answer = await running.wire.call(method, path, body);
  expect([answer.status, sentence(answer)]).toEqual([status, expect.stringContaining(reason)]);
});

it('a body that is no JSON is answered 400', async () => {
  const response = await fetch(`${running.server.endpoint}/v2/sandboxes/boxes`, {
    method: 'POST',
    headers: { 'X-Api-Key': running.server.apiKey },
    body: '{"name":',
  });
  expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('not valid JSON')]);
});
