import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { beforeAll, expect, it } from 'vitest';
import type { Box } from '../../../../src/api/types';
import { scratchFilesystem } from '../../engine/fixture/root-filesystem';
import { engineRoom } from '../../engine/fixture/engine-room';
import { collected } from '../../../harness/collected';
import { testEnvironment } from '../../../harness/env';
import { until } from '../../../harness/until';
import { runningServer } from '../fixture/running-server';
import { sentence, unique } from '../fixture/wire';
import { ask, open, upgrade } from './fixture/request';
import { serviceBox, servicePort, startServices } from './fixture/service-box';

interface Links {
  token: string;
  service_url: string;
  browser_url: string;
  embed_url: string;
  expires_at: string;
  embed_origins?: string[];
}

const running = runningServer();
const room = engineRoom(testEnvironment().engine);
let box: Box;
let links: Links;
/** `http://<id>--8000.localhost:PORT` */
let origin: string;
let withToken: Record<string, string>;

const linksFor = (port: number, extra = {}, id = box.name): Promise<Links> =>
  running.wire.expect(200, 'POST', `/boxes/${id}/service-url`, { port, ...extra });

beforeAll(async () => {
  box = await serviceBox(running.wire);
  links = await linksFor(servicePort);
  origin = new URL(links.browser_url).origin;
  withToken = { 'X-Langsmith-Sandbox-Service-Token': links.token };
});

it('a link names the sandbox and the port, and ends after 10 minutes', () => {
  const { port } = new URL(running.server.endpoint);
  expect(origin).toBe(`http://${box.id}--8000.localhost:${port}`);
  expect(links.embed_url).toBe(`${origin}/_svc/embed#token=${links.token}`);
  const minutes = (Date.parse(links.expires_at) - Date.now()) / 60_000;
  expect(Math.round(minutes)).toBe(10);
});

it('a program reaches the service with plain fetch and the token as a header', async () => {
  const reply = await fetch(`${links.service_url}some/path?q=1`, {
    headers: { ...withToken, 'X-Own': 'yes' },
  });
  const seen = (await reply.text()).toLowerCase();
  expect(reply.status).toBe(200);
  expect(seen).toContain('get /some/path?q=1 http/1.1');
  expect(seen).toContain('x-own: yes');
  expect(seen).toContain(`x-forwarded-prefix: /services/${box.id}--8000\n`);
  expect(seen).not.toContain(links.token.toLowerCase());
  const moved = await fetch(`${links.service_url}moved`, { headers: withToken, redirect: 'manual' });
  expect(moved.headers.get('location')).toBe(`/services/${box.id}--8000/elsewhere`);
});

it('a browser gets a cookie, is sent on, and reaches the service on its own host', async () => {
  const signedIn = await ask(`${links.browser_url}&redirect=%2Fstart%3Fa%3D1`);
  expect([signedIn.status, signedIn.headers.location]).toEqual([302, '/start?a=1']);
  const [cookie = ''] = signedIn.headers['set-cookie'] ?? [];
  expect(cookie).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
  const pair = cookie.split(';')[0]!;
  const page = await ask(`${origin}/start`, { Cookie: `theirs=1; ${pair}`, Origin: origin });
  expect(page.status).toBe(200);
  expect(page.text).toContain(`Host: ${new URL(origin).host}\n`);
  expect(page.text).toMatch(/Cookie: theirs=1\n/);
  expect(page.text).not.toContain(links.token);
});

it('a page elsewhere is told who may frame the service, by a token made for that', async () => {
  const { token, embed_origins } = await linksFor(servicePort, {
    embed_origins: ['https://App.example.com'],
  });
  expect(embed_origins).toEqual(['https://app.example.com']);
  const signedIn = await ask(`${origin}/_svc/auth`, { 'X-Langsmith-Sandbox-Service-Token': token }, 'POST');
  expect(signedIn.status).toBe(204);
  const [cookie = ''] = signedIn.headers['set-cookie'] ?? [];
  expect(cookie).toContain('SameSite=None; Secure; Partitioned');
  const page = await ask(origin, { Cookie: cookie.split(';')[0] });
  expect(page.headers['content-security-policy']).toBe("frame-ancestors 'self' https://app.example.com");
  expect((await ask(`${origin}/_svc/embed`)).text).toContain('/_svc/auth');
});

it.each([
  ['without a token', {}, 401, 'needs a token'],
  ['with an altered token', { 'X-Langsmith-Sandbox-Service-Token': 'e30.e30.x' }, 403, 'not valid'],
  [
    'from a page of another origin',
    { Origin: 'https://evil.example.com' },
    403,
    'web pages of other origins',
  ],
])('a request %s is refused', async (_, headers, status, reason) => {
  const answer = await ask(origin, headers);
  expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(reason)]);
  expect(await upgrade(origin, headers)).toBe(status);
});

it('a browser is refused with a page', async () => {
  const { status, headers, text: page } = await ask(origin, { Accept: 'text/html,*/*' });
  expect([status, headers['content-type']]).toEqual([401, 'text/html; charset=utf-8']);
  expect(page).toContain('This service needs a token.');
});

it('a token is good for its own port only, and no cookie opens the path for programs', async () => {
  expect((await ask(origin.replace('--8000', '--8001'), withToken)).status).toBe(403);
  const cookie = `langsmith-sandbox-service=${links.token}`;
  expect((await ask(links.service_url, { Cookie: cookie })).status).toBe(401);
});

it('a redirect leads nowhere else', async () => {
  for (const redirect of ['https://evil.example.com', '//evil.example.com', '/\\evil.example.com', 'x'])
    expect((await ask(`${links.browser_url}&redirect=${encodeURIComponent(redirect)}`)).status).toBe(400);
});

it('the API can not be reached by the host of a service', async () => {
  const key = { 'X-Api-Key': running.server.apiKey };
  expect((await ask(`${origin}/v2/sandboxes/boxes`, key)).status).toBe(401);
  const asService = await ask(`${origin}/v2/sandboxes/boxes`, { ...key, ...withToken });
  expect(asService.text).toContain('GET /v2/sandboxes/boxes');
});

it('a port where nothing listens is told, and the token of a sandbox that is gone', async () => {
  const unused = await linksFor(8999);
  const answer = await ask(unused.service_url, { 'X-Langsmith-Sandbox-Service-Token': unused.token });
  expect([answer.status, answer.text]).toEqual([
    502,
    expect.stringContaining('Nothing listens on port 8999'),
  ]);
});

it('an answer streams as it is made', async () => {
  const stream = await open(`${origin}/stream`, withToken);
  const whole = collected(stream);
  const ended = once(stream, 'end');
  await until('the first event', () => whole.text() === 'data: one\n\n' || undefined);
  await running.wire.execute(box.id, "printf 'data: two\\n\\n' > /srv/go");
  await ended;
  expect(whole.text()).toBe('data: one\n\ndata: two\n\n');
});

it('large bodies pass both ways', async () => {
  const body = 'abcdefgh'.repeat(256 * 1024);
  const reply = await fetch(`${links.service_url}echo`, { method: 'POST', headers: withToken, body });
  expect((await reply.text()) === body).toBe(true);
});

it('a caller who goes away ends the request in the sandbox', async () => {
  const stream = await open(`${origin}/stream`, withToken);
  await once(stream, 'data');
  stream.destroy();
  await until('the service to be rid of the request', async () => {
    const { stdout } = await running.wire.execute(
      box.id,
      `netstat -tn | grep -c ':${servicePort} .*ESTABLISHED'`,
    );
    return stdout === '0\n' || undefined;
  });
  await running.wire.execute(box.id, 'timeout 5 sh -c "echo > /srv/go"; true');
});

it('a WebSocket passes', async () => {
  const socket = await upgrade(`${origin}/upgrade`, { ...withToken, Origin: origin });
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  const answer = text(socket);
  socket.end('there and back');
  expect(await answer).toBe('there and back');
});

it('one relay after another is used again', async () => {
  for (let count = 0; count < 5; count += 1) expect((await ask(origin, withToken)).status).toBe(200);
  const { stdout } = await running.wire.execute(box.id, 'ps | grep -c "[r]elay-1"');
  expect(Number(stdout)).toBeLessThanOrEqual(4);
});

it('links are listed by port until they end, and can be taken off the list', async () => {
  await linksFor(8001);
  const path = `/boxes/${box.id}/service-urls`;
  const { items, next_cursor } = await running.wire.expect<{
    items: { port: number }[];
    next_cursor: string;
  }>(200, 'GET', `${path}?page_size=1`);
  expect(items).toMatchObject([{ port: servicePort, access: 'token' }]);
  const rest = await running.wire.expect<{ items: { port: number }[] }>(
    200,
    'GET',
    `${path}?cursor=${next_cursor}`,
  );
  expect(rest.items.map(({ port }) => port)).toEqual([8999, 8001]);
  await running.wire.expect(204, 'DELETE', `${path}?port=8001`);
  await running.wire.expect(204, 'DELETE', path);
  expect(await running.wire.expect(200, 'GET', path)).toEqual({ items: [], next_cursor: null });
  expect((await ask(origin, withToken)).status).toBe(200);
});

it('a stopped sandbox is started by a request', async () => {
  await running.wire.expect(204, 'POST', `/boxes/${box.id}/stop`);
  expect((await ask(origin, withToken)).status).toBe(502);
  expect(await running.wire.expect(200, 'GET', `/boxes/${box.id}/status`)).toMatchObject({ status: 'ready' });
  await startServices(running.wire, box.id);
  expect((await ask(origin, withToken)).status).toBe(200);
});

it('a service of an image without a shell is reached', async () => {
  const image = await room.image(await scratchFilesystem());
  const { id: snapshot_id } = await running.wire.build(`scratch-${unique()}`, image);
  const { id } = await running.wire.boot({ snapshot_id });
  const httpd = { command: ['/busybox', 'httpd', '-p', '80', '-h', '/'] };
  expect((await running.wire.execute(id, httpd)).exit_code).toBe(0);
  const { service_url, token } = await linksFor(80, {}, id);
  const reply = await fetch(`${service_url}busybox`, {
    headers: { 'X-Langsmith-Sandbox-Service-Token': token },
  });
  expect([reply.status, (await reply.arrayBuffer()).byteLength > 500_000]).toEqual([200, true]);
  await running.wire.expect(204, 'DELETE', `/boxes/${id}`);
  expect((await fetch(service_url, { headers: { 'X-Langsmith-Sandbox-Service-Token': token } })).status).toBe(
    404,
  );
});

it.each([
  [{}, 422, 'port'],
  [{ port: 0 }, 422, 'port'],
  [{ port: 80, expires_in_seconds: 86_401 }, 422, 'expires_in_seconds'],
  [{ port: 80, embed_origins: ['http://example.com'] }, 422, 'embed_origins'],
  [{ port: 80, embed_origins: ['https://example.com/path'] }, 422, 'embed_origins'],
  [{ port: 80, access: 'workspace' }, 501, 'Leave access out'],
])('%j is refused', async (request, status, reason) => {
  const answer = await running.wire.call('POST', `/boxes/${box.id}/service-url`, request);
  expect([answer.status, sentence(answer)]).toEqual([status, expect.stringContaining(reason)]);
});

it('no token is in the log', () => {
  expect(running.server.stderr()).not.toContain(links.token);
});
