import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { Secret } from '../../../src/api/secret';
import { serviceAccess } from '../../../src/api/service-access';
import { Transport } from '../../../src/api/transport';
import type { Box } from '../../../src/api/types';
import { sharedPorts, sharePort, stopSharing } from '../../../src/app/services/sharing';
import { Session } from '../../../src/app/session';
import { until } from '../../harness/until';
import { runningServer } from '../local/fixture/running-server';
import { ask } from '../local/services/fixture/request';
import { serviceBox, servicePort } from '../local/services/fixture/service-box';
import { greetedAndEchoed, startWebSocketService, webSocketPort } from './fixture/web-socket-service';

// Links to services in a real sandbox, as the extension asks for them and as a browser follows them.

const running = runningServer();
const call = {};
let session: Session;
let box: Box;

beforeAll(async () => {
  box = await serviceBox(running.wire);
  await startWebSocketService(running.wire, box.id);
  const { endpoint, apiKey } = running.server;
  const transport = new Transport({ endpoint, apiKey: new Secret(apiKey) });
  session = new Session({ kind: 'local' }, transport, () => 50);
});
afterAll(() => session.end());

/** As a browser: the link's cookie, and then the page behind it. */
async function followed(link: Secret): Promise<{ status: number; text: string }> {
  const signedIn = await ask(link.reveal());
  const [cookie] = signedIn.headers['set-cookie'] ?? [];
  if (!cookie) return signedIn;
  return ask(new URL('/page', link.reveal()).href, { Cookie: cookie.split(';')[0] });
}

it('a link opens a web server in a browser, and says until when', async () => {
  const link = await sharePort(session, box, servicePort, { seconds: 600 }, call);
  expect(Math.round((link.expiresAt! - Date.now()) / 60_000)).toBe(10);
  const page = await followed(link.url);
  expect([page.status, page.text]).toEqual([200, expect.stringMatching(/^GET \/page /)]);
  expect(inspect(link)).not.toContain('token=');
  expect(await sharedPorts(session, box, call)).toEqual([
    { port: servicePort, audience: 'token', expiresAt: link.expiresAt },
  ]);
});

it('a WebSocket passes a service URL', async () => {
  const entry = await serviceAccess(session.transport, box.id, { port: webSocketPort })();
  const headers = { [entry.header]: entry.token.reveal() };
  const open = () => new WebSocket(entry.url.replace('http', 'ws'), { headers });
  expect(await greetedAndEchoed(open, 'there and back')).toEqual(['hello', 'there and back']);
});

it('what is no longer shared is not listed; a token that was given out opens it until it expires', async () => {
  const link = await sharePort(session, box, servicePort, { seconds: 60 }, call);
  await stopSharing(session, box, servicePort, call);
  await stopSharing(session, box, webSocketPort, call);
  expect(await sharedPorts(session, box, call)).toEqual([]);
  expect((await followed(link.url)).status).toBe(200);
});

it('an expired link is refused, and not listed', async () => {
  const link = await sharePort(session, box, servicePort, { seconds: 2 }, call);
  expect((await followed(link.url)).status).toBe(200);
  await until('it to expire', async () => (await followed(link.url)).status === 403 || undefined);
  expect(await sharedPorts(session, box, call)).toEqual([]);
});

it('a log-in that the server does not know is refused with its sentence', async () => {
  await expect(sharePort(session, box, servicePort, { audience: 'workspace' }, call)).rejects.toThrow(
    'Leave access out',
  );
});

it('a link is refused once its sandbox is gone', async () => {
  const link = await sharePort(session, box, servicePort, { seconds: 600 }, call);
  await running.wire.expect(204, 'DELETE', `/boxes/${box.id}`);
  expect((await followed(link.url)).status).toBe(404);
});
