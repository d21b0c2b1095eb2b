import { afterAll, beforeAll, expect, it } from 'vitest';
import { testEnvironment } from '../../../harness/env';
import { forgetLocalServer, startLocalServer, type LocalServer } from '../../../harness/local-server';
import { until } from '../../../harness/until';
import { engineRoom } from '../../engine/fixture/engine-room';
import { scratchFilesystem } from '../../engine/fixture/root-filesystem';
import { emptyServer } from '../fixture/empty-server';
import { sentence, wireOf, type Wire } from '../fixture/wire';
import { connect, type Client } from './fixture/client';

// An image of one program, `/busybox`, without `/bin/sh`: commands begin and end in it as they do where there is one.

const room = engineRoom(testEnvironment().engine);
let server: LocalServer;
let wire: Wire;
let box: string;

beforeAll(async () => {
  const image = await room.image(await scratchFilesystem());
  server = await startLocalServer();
  wire = wireOf(server);
  box = (await wire.boot({ snapshot_id: (await wire.build('without-shell', image)).id })).id;
  await wire.execute(box, { command: ['/busybox', 'ln', '-s', '/busybox', ash] });
});
afterAll(async () => {
  await emptyServer(wire);
  await server.stop();
  await forgetLocalServer(server);
});

/** Whoever wants a line run on a socket names a shell: nothing of ours knows this one. */
const ash = '/ash';
const script = (line: string): string[] => ['/busybox', 'sh', '-c', line];
const sleepers = async (seconds: number): Promise<string> => {
  const { stdout } = await wire.execute(box, {
    command: script(`/busybox ps -o args | /busybox grep -c "[s]leep ${seconds}"`),
  });
  return stdout.trim();
};
const started = async (line: string, more: object = {}): Promise<Client> => {
  const client = await connect(server, box, { command: line, shell: ash, ...more });
  await client.said('up');
  return client;
};

it('a command past its time is killed, with all that it started', async () => {
  const command = script('/busybox sleep 6001 & /busybox sleep 6001');
  const answer = await wire.call('POST', `/${box}/execute`, { command, timeout: 0.5 });
  expect([answer.status, sentence(answer)]).toEqual([
    400,
    'The command timeout of 0.5 s was exceeded: it was killed.',
  ]);
  expect(await sleepers(6001)).toBe('0');
});

it('a command tells its pid, and is killed with all that it started', async () => {
  const client = await started('/busybox sleep 6002 & echo up; /busybox sleep 6002');
  const pid = client.frames.find(({ type }) => type === 'started')?.pid;
  expect(pid).toBeGreaterThan(1);
  expect(await sleepers(6002)).not.toBe('0');
  client.send({ type: 'kill' });
  expect(await client.closed()).toEqual([{ type: 'exit', exit_code: 137 }, 1000]);
  expect(await sleepers(6002)).toBe('0');
});

it('a sandbox of an older server gets what begins and ends commands when it is wanted', async () => {
  const without = {
    command: script('/busybox rm -f /.langsmith-sandbox/leader-*; /busybox ls /.langsmith-sandbox'),
  };
  const client = await started('/busybox sleep 6004 & echo up; /busybox sleep 6004');
  expect((await wire.execute(box, without)).stdout).not.toContain('leader');
  client.send({ type: 'kill' });
  expect((await client.closed())[0]).toEqual({ type: 'exit', exit_code: 137 });
  expect((await wire.execute(box, without)).stdout).not.toContain('leader');
  expect(await sleepers(6004)).toBe('0');
});

it('a command has its arguments, variables, input and terminal as where there is a shell', async () => {
  const quoted = { command: ['/busybox', 'printf', '%s|', 'a b', '$HOME', '*', "it's", ''] };
  expect((await wire.execute(box, quoted)).stdout).toBe("a b|$HOME|*|it's||");
  const found = { command: ['busybox', 'env'], env: { PATH: '/nowhere::/', 'A-B': 'x=y' } };
  const { stdout } = await wire.execute(box, found);
  expect(stdout.split('\n')).toEqual(expect.arrayContaining(['PATH=/nowhere::/', 'A-B=x=y']));
  const folder = { command: ['/', 'x'] };
  expect(await wire.execute(box, folder)).toMatchObject({
    exit_code: 126,
    stderr: '/: refused with error 13\n',
  });
  const client = await started('/busybox stty size; echo up; read a; echo "got $a"', {
    pty: true,
    rows: 33,
    cols: 91,
    close_stdin: false,
  });
  expect(client.text('stdout')).toMatch(/^33 91\r\n/);
  client.send({ type: 'input', data: 'typed\n' });
  await client.said('got typed');
  expect((await client.closed())[0]).toEqual({ type: 'exit', exit_code: 0 });
  expect(client.text('stdout')).not.toMatch(/^\d+\r?$/m);
});

it('a server that was killed is cleaned up after, but for what commands left in the background on purpose', async () => {
  await started('/busybox sleep 6003 & echo up; /busybox sleep 6003');
  await started('echo up; exec /busybox sleep 6003', { run_config: { user: '1234:1234' } });
  await (await started('/busybox setsid /busybox sleep 6003 >/dev/null 2>&1 & echo up')).closed();
  expect(Number(await sleepers(6003))).toBeGreaterThanOrEqual(4);
  await server.kill9();
  server = await startLocalServer({ dataDir: server.dataDir });
  wire = wireOf(server);
  await until('the command to be gone', async () => (await sleepers(6003)) === '1' || undefined);
});
