import { beforeAll, describe, expect, it } from 'vitest';
import { runningServer } from '../fixture/running-server';
import { sentence } from '../fixture/wire';
import { ask } from './fixture/request';
import { serviceBox, servicePort } from './fixture/service-box';

const running = runningServer();
let box: string;

beforeAll(async () => {
  box = (await serviceBox(running.wire)).id;
});

interface Links {
  token: string;
  service_url: string;
  browser_url: string;
  expires_at: string;
}

const linksFor = (request: object): Promise<Links> =>
  running.wire.expect(200, 'POST', `/boxes/${box}/service-url`, { port: servicePort, ...request });
const listed = (): Promise<unknown> => running.wire.expect(200, 'GET', `/boxes/${box}/service-urls`);

describe('a service with access off', () => {
  it('has no sign-in, and a token as without access at all', async () => {
    const links = await linksFor({
      access: 'off',
      expires_in_seconds: 120,
      embed_origins: ['https://a.example'],
    });
    expect(Object.keys(links).toSorted()).toEqual([
      'browser_url',
      'embed_origins',
      'embed_url',
      'expires_at',
      'service_url',
      'token',
    ]);
    expect(Math.round((Date.parse(links.expires_at) - Date.now()) / 60_000)).toBe(2);
    const { token, service_url, browser_url } = links;
    const asked = await ask(service_url, { 'X-Langsmith-Sandbox-Service-Token': token });
    expect([asked.status, asked.text]).toEqual([200, expect.stringContaining('GET / HTTP/1.1')]);
    expect((await ask(browser_url)).status).toBe(302);
    expect((await ask(service_url)).status).toBe(401);
  });

  it('is listed as one with a token, and takes no token back', async () => {
    const first = await linksFor({});
    await linksFor({ access: 'off', embed_origins: ['https://b.example'] });
    expect(await listed()).toEqual({
      items: [
        {
          port: servicePort,
          access: 'token',
          created_at: expect.any(String) as string,
          created_by: null,
          expires_at: expect.any(String) as string,
          embed_origins: ['https://b.example'],
        },
      ],
      next_cursor: null,
    });
    const asked = await ask(first.service_url, { 'X-Langsmith-Sandbox-Service-Token': first.token });
    expect(asked.status).toBe(200);
  });
});

it.each(['restricted', 'workspace'])(
  'a service with access %s is refused: there is nobody to sign in, and nothing is listed',
  async (access) => {
    const before = await listed();
    const answer = await running.wire.call('POST', `/boxes/${box}/service-url`, { port: 8001, access });
    expect([answer.status, answer.json['detail'], sentence(answer)]).toEqual([
      501,
      expect.objectContaining({ error: 'NotImplemented' }),
      'The local server has no sign-in to share a service by. Leave access out to get a link with a token.',
    ]);
    expect(await listed()).toEqual(before);
  },
);
