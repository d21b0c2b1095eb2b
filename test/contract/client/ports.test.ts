import { afterAll, beforeAll, expect, it } from 'vitest';
import { getBox } from '../../../src/api/boxes';
import { Secret } from '../../../src/api/secret';
import { Transport } from '../../../src/api/transport';
import type { Box } from '../../../src/api/types';
import type { Connection } from '../../../src/app/connection';
import { Observable } from '../../../src/app/observable';
import { Ports } from '../../../src/app/services/ports';
import { sharePort } from '../../../src/app/services/sharing';
import { Session } from '../../../src/app/session';
import { until } from '../../harness/until';
import { runningServer } from '../local/fixture/running-server';
import { echoPort, serviceBox, servicePort } from '../local/services/fixture/service-box';

// What the sidebar knows of the ports of a real sandbox.

const running = runningServer();
const current = new Observable<Connection>({ state: 'signed-out' });
const ports = new Ports(current);
const asked: string[] = [];
let session: Session;
let box: Box;

beforeAll(async () => {
  box = await serviceBox(running.wire);
  const { endpoint, apiKey } = running.server;
  const onRequest = ({ method, path }: { method: string; path: string }): void => {
    asked.push(`${method} ${path.split('/').at(-1)}`);
  };
  const transport = new Transport({ endpoint, apiKey: new Secret(apiKey), onRequest });
  session = new Session({ kind: 'local' }, transport, () => 50);
  current.set({ state: 'connected', target: session.target, endpoint, session });
  await session.inventory.boxes.refresh();
});
afterAll(async () => {
  ports.dispose();
  await session.end();
});

const known = () => ports.all.value.get(box.id)?.known;
const executions = (): number => asked.filter((line) => line === 'POST execute').length;

it('nothing is looked into before somebody wants to see it, and then once', async () => {
  expect([ports.all.value.size, executions()]).toEqual([0, 0]);
  ports.want(box.id);
  ports.want(box.id);
  expect(ports.all.value.get(box.id)).toMatchObject({ isReading: true });
  await until('the ports', known);
  ports.want(box.id);
  expect(known()?.listening).toEqual([
    { port: servicePort, program: 'nc' },
    { port: echoPort, program: 'nc' },
  ]);
  expect(executions()).toBe(1);
});

it('who has links is read anew without a look into the sandbox', async () => {
  await sharePort(session, box, servicePort, { seconds: 600 }, {});
  await ports.refreshShared(box.id);
  expect(known()?.shared).toMatchObject([{ port: servicePort, audience: 'token' }]);
  expect(executions()).toBe(1);
});

it('a sandbox that somebody else has stopped is not started by a look; what was known of it goes', async () => {
  await running.wire.expect(204, 'POST', `/boxes/${box.id}/stop`);
  await ports.refresh(box.id);
  expect(ports.all.value.size).toBe(0);
  expect((await getBox(session.transport, box.id)).status).toBe('stopped');
  expect(session.inventory.boxes.find(box.id)?.status).toBe('stopped');
  expect(executions()).toBe(1);
});
