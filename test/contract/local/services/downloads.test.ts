import { beforeAll, expect, it } from 'vitest';
import type { Box } from '../../../../src/api/types';
import { until } from '../../../harness/until';
import { runningServer } from '../fixture/running-server';
import { sentence, unique } from '../fixture/wire';
import { ask } from './fixture/request';

interface Link {
  download_url: string;
  token: string;
  expires_at: string | null;
}

const running = runningServer();
let box: Box;

beforeAll(async () => {
  const name = `downloads-${unique()}`;
  await running.wire.build(name);
  box = await running.wire.boot({ snapshot: name });
  await running.wire.upload(box.id, '/srv/page.html', '<p>0123456789');
});

const linkTo = (path: string, extra = {}): Promise<Link> =>
  running.wire.expect(200, 'POST', `/boxes/${box.name}/download-url`, { path, ...extra });

it('a link gives the file to anybody, whole or in part, as something to keep', async () => {
  const { download_url, expires_at } = await linkTo('/srv/page.html');
  expect(expires_at).toBeNull();
  const whole = await fetch(download_url);
  expect([whole.status, await whole.text()]).toEqual([200, '<p>0123456789']);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-disposition': "attachment; filename*=UTF-8''page.html",
    'x-content-type-options': 'nosniff',
    'content-security-policy': 'sandbox',
  });
  const etag = whole.headers.get('etag') ?? '';
  const part = await fetch(download_url, { headers: { Range: 'bytes=3-5', 'If-Range': etag } });
  expect([part.status, await part.text(), part.headers.get('content-range')]).toEqual([
    206,
    '012',
    'bytes 3-5/13',
  ]);
  expect((await fetch(download_url, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  const head = await fetch(download_url, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '13']);
  expect(running.server.stderr()).not.toContain(download_url.split('/').pop());
});

it('a link says how the file is shown', async () => {
  const { download_url } = await linkTo('/srv/page.html', {
    content_type: 'text/plain',
    content_disposition: 'inline',
    csp_sandbox_flags: ['allow-scripts'],
    csp_source_bundles: ['jsdelivr'],
    expires_in_seconds: 60,
  });
  const { headers } = await fetch(download_url);
  expect(headers.get('content-type')).toBe('text/plain');
  expect(headers.get('content-disposition')).toMatch(/^inline;/);
  expect(headers.get('content-security-policy')).toMatch(
    /^sandbox allow-scripts; default-src 'self' .* https:\/\/cdn\.jsdelivr\.net$/,
  );
});

it('a page that acts by itself has a host of its own, which reaches nothing else', async () => {
  const { download_url } = await linkTo('/srv/page.html', {
    csp_sandbox: false,
    content_disposition: 'inline',
  });
  const { hostname, origin, port } = new URL(download_url);
  expect(hostname).toBe(`${box.id}--dl.localhost`);
  const page = await ask(download_url);
  expect([page.status, page.headers['content-security-policy']]).toEqual([200, undefined]);
  expect((await ask(download_url.replace(hostname, '127.0.0.1'))).status).toBe(403);
  const key = { 'X-Api-Key': running.server.apiKey };
  expect((await ask(`${origin}/v2/sandboxes/boxes`, key)).status).toBe(404);
  const inert = await linkTo('/srv/page.html');
  expect((await ask(`http://${hostname}:${port}${new URL(inert.download_url).pathname}`)).status).toBe(403);
});

it('a link that has expired is refused, and says so', async () => {
  const { download_url } = await linkTo('/srv/page.html', { expires_in_seconds: 1 });
  const refused = await until('the link to expire', async () => {
    const reply = await fetch(download_url);
    const text = await reply.text();
    return reply.status === 200 ? undefined : { status: reply.status, text };
  });
  expect(refused).toEqual({ status: 403, text: expect.stringContaining('This link has expired.') as string });
});

it('an altered link is refused, and one to what is gone', async () => {
  const { download_url } = await linkTo('/srv/never');
  expect((await fetch(download_url)).status).toBe(404);
  expect((await fetch(`${download_url}x`)).status).toBe(403);
  expect((await fetch(download_url.replace(/[^/]+$/, 'nonsense'))).status).toBe(403);
});

it.each([
  [{}, 422, 'path'],
  [{ path: '' }, 422, 'path'],
  [{ path: '/x', expires_in_seconds: 0 }, 422, 'expires_in_seconds'],
  [{ path: '/x', content_type: 'a\r\nb: c' }, 422, 'media type'],
  [{ path: '/x', csp_sandbox: false, csp_sandbox_flags: ['allow-scripts'] }, 422, 'csp_sandbox_flags'],
  [{ path: '/x', csp_source_bundles: ['nowhere'] }, 422, 'csp_source_bundles'],
])('%j is refused', async (request, status, reason) => {
  const answer = await running.wire.call('POST', `/boxes/${box.id}/download-url`, request);
  expect([answer.status, sentence(answer)]).toEqual([status, expect.stringContaining(reason)]);
});

it('works while the sandbox is stopped, and no more once it is deleted', async () => {
  const { download_url } = await linkTo('/srv/page.html');
  await running.wire.expect(204, 'POST', `/boxes/${box.id}/stop`);
  expect((await fetch(download_url)).status).toBe(200);
  await running.wire.expect(204, 'DELETE', `/boxes/${box.id}`);
  expect((await fetch(download_url)).status).toBe(404);
});
