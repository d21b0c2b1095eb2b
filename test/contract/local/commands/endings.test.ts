import { afterAll, beforeAll, expect, it } from 'vitest';
import { forgetLocalServer, startLocalServer, type LocalServer } from '../../../harness/local-server';
import { until } from '../../../harness/until';
import { emptyServer } from '../fixture/empty-server';
import { baseImage, wireOf, type Wire } from '../fixture/wire';
import { connect, type Client } from './fixture/client';

let server: LocalServer;
let wire: Wire;
let snapshot_id: string;
let box: string;

beforeAll(async () => {
  server = await startLocalServer();
  wire = wireOf(server);
  snapshot_id = (await wire.build('endings', baseImage())).id;
  box = (await wire.boot({ snapshot_id })).id;
});
afterAll(async () => {
  await emptyServer(wire);
  await server.stop();
  await forgetLocalServer(server);
});

const running = async (first: object, where = box): Promise<Client> => {
  const client = await connect(server, where, first);
  await client.said('up');
  return client;
};
const processes = async (): Promise<string> =>
  (await wire.execute(box, 'ps -o args | grep -c "^sleep 573"')).stdout.trim();

it.each([
  ['stopped', 'POST', '/stop', 'was stopped while the command ran.'],
  ['deleted', 'DELETE', '', 'was deleted while the command ran.'],
])('a sandbox that is %s under a command ends it with an error', async (_, method, path, reason) => {
  const { id } = await wire.boot({ snapshot_id });
  const client = await running({ command: 'echo up; sleep 5730' }, id);
  expect((await wire.call(method, `/boxes/${id}${path}`)).status).toBeLessThan(300);
  expect(await client.closed()).toEqual([
    { type: 'error', error_type: 'CommandError', error: expect.stringContaining(reason) as string },
    1000,
  ]);
});

it('a client that says kill and leaves in one breath is heard', async () => {
  const client = await running({ command: 'echo up; sleep 5738', command_id: 'one-breath' });
  await client.partWith({ type: 'kill' });
  const later = await connect(server, box);
  later.send({ type: 'reconnect', command_id: 'one-breath' });
  expect(await later.closed()).toEqual([{ type: 'exit', exit_code: 137 }, 1000]);
});

it.each([
  ['stopped', 'POST', '/stop'],
  ['deleted', 'DELETE', ''],
])('a sandbox is %s under a command whose output nobody takes', async (_, method, path) => {
  const { id } = await wire.boot({ snapshot_id });
  const client = await running({ command: 'echo $$ > /root/pid; echo up; exec seq 4000000' }, id);
  client.pause();
  let written = '';
  await until('it to be kept waiting', async () => {
    const before = written;
    written = (await wire.execute(id, 'grep wchar "/proc/$(cat /root/pid)/io"')).stdout;
    return (written !== '' && written === before) || undefined;
  });
  expect((await wire.call(method, `/boxes/${id}${path}`)).status).toBeLessThan(300);
  client.resume();
  expect((await client.closed())[0]).toMatchObject({ error_type: 'CommandError' });
});

it('a server that stops closes with 1001, says so on streams, and kills what runs', async () => {
  const client = await running({ command: 'echo up; sleep 5731 & sleep 5731', command_id: 'stopped' });
  const stream = wire.call('POST', `/${box}/execute/stream/start`, { command: 'sleep 5731' });
  await until('both to run', async () => (await processes()) === '3' || undefined);
  expect(await server.stop()).toBe(0);
  expect((await client.closed())[1]).toBe(1001);
  expect((await stream).text).toMatch(/event: error\ndata: .*"error_type":"ServerShuttingDown"/);
  await again();
  expect(await processes()).toBe('0');
  const late = await connect(server, box);
  late.send({ type: 'reconnect', command_id: 'stopped' });
  expect((await late.closed())[0]).toMatchObject({
    error_type: 'CommandNotFound',
    error: expect.stringContaining('Commands end when the local server is restarted.') as string,
  });
});

it('a server that was killed is cleaned up after, but for what commands left in the background on purpose', async () => {
  await running({ command: 'echo up; sleep 5732 & sleep 5732' });
  await (await running({ command: 'setsid sleep 5733 >/dev/null 2>&1 & echo up' })).closed();
  expect(await processes()).toBe('3');
  await server.kill9();
  await again();
  await until('the command to be gone', async () => ((await processes()) === '1' ? true : undefined));
});

async function again(): Promise<void> {
  server = await startLocalServer({ dataDir: server.dataDir });
  wire = wireOf(server);
}
