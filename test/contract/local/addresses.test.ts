import { randomUUID } from 'node:crypto';
import http from 'node:http';
import { connect } from 'node:net';
import os from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { runningServer } from './fixture/running-server';
import { sentence, unique, wireOf, type Wire } from './fixture/wire';
import type { Box } from '../../../src/api/types';

/** By which other machines reach this one. */
const [address] = Object.values(os.networkInterfaces())
  .flatMap((each) => each ?? [])
  .filter(({ family, internal }) => family === 'IPv4' && !internal)
  .map((each) => each.address);

const elsewhere = (endpoint: string): string => `http://${address}:${new URL(endpoint).port}`;

function connected(endpoint: string): Promise<string> {
  const { hostname, port } = new URL(endpoint);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    socket.once('connect', () => resolve('connected'));
    socket.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? ''));
    socket.once('connect', () => socket.destroy());
  });
}

describe.skipIf(address === undefined)('a server that is told no address', () => {
  const running = runningServer();

  it('is reached on loopback, and on no address that other machines know', async () => {
    expect(await connected(running.server.endpoint)).toBe('connected');
    expect(await connected(elsewhere(running.server.endpoint))).toBe('ECONNREFUSED');
  });
});

describe.skipIf(address === undefined)('a server that is told the address of this machine', () => {
  const running = runningServer({ args: ['--host', address ?? ''] });

  it('answers there, and not on loopback', async () => {
    const { port, hostname } = new URL(running.server.endpoint);
    expect(hostname).toBe(address);
    await running.wire.expect(200, 'GET', '/boxes');
    expect(await connected(`http://127.0.0.1:${port}`)).toBe('ECONNREFUSED');
  });
});

describe.skipIf(address === undefined)('a server on all addresses', () => {
  const running = runningServer({ args: ['--host', '0.0.0.0'] });
  let [near, far] = [{} as Wire, {} as Wire];
  let box: Box;

  beforeAll(async () => {
    const { endpoint, apiKey } = running.server;
    [near, far] = [running.wire, wireOf({ endpoint: elsewhere(endpoint), apiKey })];
    box = await far.boot({ snapshot_id: (await far.build(unique())).id });
  });

  it('gives URLs that begin with what was called', async () => {
    const { endpoint } = running.server;
    for (const [wire, start] of [
      [near, endpoint],
      [far, elsewhere(endpoint)],
    ] as const) {
      const inStart = expect.stringMatching(`^${start}/`) as string;
      const again = await wire.expect(200, 'GET', `/boxes/${box.id}`);
      expect(again).toMatchObject({ dataplane_url: inStart });
      expect(await wire.expect(200, 'GET', '/boxes')).toMatchObject({ items: [{ dataplane_url: inStart }] });
      const service = await wire.expect(200, 'POST', `/boxes/${box.id}/service-url`, { port: 80 });
      expect(service).toMatchObject({ service_url: inStart });
      const file = await wire.expect(200, 'POST', `/boxes/${box.id}/download-url`, { path: '/etc/passwd' });
      expect(file).toMatchObject({ download_url: inStart });
    }
  });

  it('serves what these URLs name', async () => {
    const asked = { path: '/etc/passwd' };
    const link = await far.expect<{ download_url: string }>(
      200,
      'POST',
      `/boxes/${box.id}/download-url`,
      asked,
    );
    expect(await (await fetch(link.download_url)).text()).toContain('root');
    const listed = await fetch(`${box.dataplane_url}/execute`, {
      method: 'POST',
      headers: { 'X-Api-Key': running.server.apiKey },
      body: JSON.stringify({ command: 'echo far' }),
    });
    expect(await listed.json()).toMatchObject({ stdout: 'far\n' });
  });

  it('gives pages of browsers below localhost, whoever asks', async () => {
    const asked = await far.expect<{ browser_url: string }>(200, 'POST', `/boxes/${box.id}/service-url`, {
      port: 80,
    });
    const { host, pathname, search } = new URL(asked.browser_url);
    expect(host).toBe(`${box.id}--80.localhost:${new URL(running.server.endpoint).port}`);
    expect((await sent('GET', pathname + search, { Host: host })).status).toBe(302);
  });

  it.each(['rebound.example.com', `${randomUUID()}--80.rebound.example.com`])(
    'does not answer to %s',
    async (host) => {
      const { status, text } = await sent('GET', '/v2/sandboxes/boxes', { Host: host });
      expect([status, sentence({ json: JSON.parse(text) as Record<string, unknown> })]).toEqual([
        403,
        expect.stringContaining('own host names'),
      ]);
    },
  );

  /** `fetch` sets Host itself. */
  function sent(
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<{ status: number | undefined; text: string }> {
    const { endpoint, apiKey } = running.server;
    return new Promise((resolve, reject) => {
      const options = { method, agent: false, headers: { 'X-Api-Key': apiKey, ...headers } };
      const request = http.request(endpoint + path, options, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode, text }));
      });
      request.once('error', reject);
      request.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
});
