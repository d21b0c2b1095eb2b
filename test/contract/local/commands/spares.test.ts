import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { text } from 'node:stream/consumers';
import type { ExecuteRequest } from '../../../../src/api/wire/dataplane';
import { forgetLocalServer, startLocalServer, type LocalServer } from '../../../harness/local-server';
import { until } from '../../../harness/until';
import { emptyServer } from '../fixture/empty-server';
import { engineView, soon } from '../fixture/engine-view';
import { wireOf, type Answer, type Wire } from '../fixture/wire';
import { connect } from './fixture/client';

const view = engineView();

/** A server with a sandbox. */
interface Side {
  server: LocalServer;
  wire: Wire;
  box: string;
}

async function side(spares: boolean): Promise<Side> {
  const server = await startLocalServer({ spares });
  const wire = wireOf(server);
  const snapshot = await wire.build('spares', undefined, { run_config: { env_vars: { BASE: 'yes' } } });
  const { id } = await wire.boot({ snapshot_id: snapshot.id, env_vars: { WORD: 'Grüße' } });
  return { server, wire, box: id };
}

let warm: Side;
let cold: Side;
beforeAll(async () => {
  [warm, cold] = await Promise.all([side(true), side(false)]);
  await warm.wire.execute(warm.box, 'true');
});
afterAll(async () => {
  for (const { server, wire } of [warm, cold]) {
    await emptyServer(wire);
    await server.stop();
    await forgetLocalServer(server);
  }
});

/** The pid of the shell that waits in the sandbox, seen past the server. */
async function waiting(box = warm.box): Promise<string | undefined> {
  const command = ['sh', '-c', `grep -l "read -r langsmith[_]line" /proc/[0-9]*/cmdline`];
  const { stdout, stderr } = await view.engine.exec(`langsmith-sandbox-${box}`, { command }, soon());
  stderr.resume();
  return /\d+/.exec(await text(stdout))?.[0];
}
const aSpare = (): Promise<string> => until('a shell to wait', () => waiting());

async function execute({ wire, box }: Side, request: Partial<ExecuteRequest>): Promise<unknown> {
  const { status, json }: Answer = await wire.call('POST', `/${box}/execute`, request);
  return { status, json };
}

it('a command takes the place of the shell that waits, and another one comes', async () => {
  const pid = await aSpare();
  expect((await warm.wire.execute(warm.box, 'echo $$')).stdout).toBe(`${pid}\n`);
  expect(await aSpare()).not.toBe(pid);
});

const facts = `
  tr '\\0' '\\n' </proc/self/environ | grep -v LANGSMITH_SANDBOX_COMMAND | sort
  pwd; umask; id; readlink /proc/self/fd/0; ls /proc/self/fd | wc -l; ulimit -n; grep ^Sig[PBIC] /proc/self/status
  set -- $(cat /proc/$$/stat); [ $1.$1 = $5.$6 ] && echo leads a group and a session
  cat; echo end of input`;

describe('a command in a shell that waited does what one does that the engine started', () => {
  it.each<[string, Partial<ExecuteRequest>]>([
    ['all it can see of where it runs', { command: facts, shell: '/bin/sh' }],
    [
      'the same elsewhere',
      { command: facts, shell: '/bin/sh', cwd: '/usr/bin', env: { OWN: "it's\n", A1: '' } },
    ],
    ['output on both streams and an exit code', { command: 'echo out; echo err >&2; exit 3' }],
    ['arguments', { command: ['printf', '%s|', 'a b', '$HOME', '*', "it's", 'one\ntwo', '世界 🌍\n', ''] }],
    ['much output', { command: 'yes "Grüße, 世界" | head -c 300000; yes | head -c 200000 >&2' }],
    ['a long command', { command: `echo ${'x'.repeat(9000)}` }],
    ['a signal that ends it', { command: 'kill -TERM $$' }],
    ['what it leaves in the background', { command: 'sleep 1 >/dev/null 2>&1 & echo left' }],
    ['a command that is not there', { command: ['no-such-program'] }],
    ['a folder that is not there', { command: 'true', cwd: '/no/where' }],
    ['a variable that no shell can set', { command: ['env'], env: { 'A-B': '1' }, cwd: '/' }],
    ['its time', { command: 'sleep 60', timeout: 1 }],
  ])('%s', async (_, request) => {
    await aSpare();
    const [one, other] = await Promise.all([execute(warm, request), execute(cold, request)]);
    expect(plain(one)).toEqual(plain(other));
  });

  /** Without what differs between any two commands. */
  function plain(answer: unknown): string {
    const differing = /HOSTNAME=\w+|LANGSMITH_SANDBOX_COMMAND=[\w.]+|error_id":"[^"]*|line \d/g;
    return JSON.stringify(answer).replaceAll(differing, '');
  }
});

it('over a WebSocket, what is sent is its input to the last byte', async () => {
  const pid = await aSpare();
  const client = await connect(warm.server, warm.box, {
    command: 'echo $$; cat; exit 4',
    close_stdin: false,
  });
  await client.said(pid);
  client.send({ type: 'input', data: '世界\nno line end' });
  client.send({ type: 'close_stdin' });
  const [last, code] = await client.closed();
  expect([last, code]).toEqual([{ type: 'exit', exit_code: 4 }, 1000]);
  expect(client.text('stdout')).toBe(`${pid}\n世界\nno line end`);
});

it('what is killed is the whole group of the command', async () => {
  await aSpare();
  await execute(warm, { command: 'sleep 4721 & sleep 4721', timeout: 1 });
  expect((await warm.wire.execute(warm.box, 'ps | grep -c "[s]leep 4721"')).stdout).toBe('0\n');
});

it('each command runs once, also where the shell that waits is killed at that moment', async () => {
  for (let round = 0; round < 5; round++) {
    const command = ['kill', '-KILL', await aSpare()];
    const killed = view.engine.exec(`langsmith-sandbox-${warm.box}`, { command }, soon());
    const ran = await warm.wire.call('POST', `/${warm.box}/execute`, {
      command: `echo ${round} >>/root/runs`,
    });
    expect((await killed).exitCode).toBeDefined();
    expect([ran.status, ran.json['exit_code']]).toEqual([200, 0]);
  }
  expect((await warm.wire.execute(warm.box, 'cat /root/runs')).stdout).toBe('0\n1\n2\n3\n4\n');
});

it('a capture and a stop leave no shell that waits, and the next command runs', async () => {
  await aSpare();
  const capture = { name: 'spares/capture' };
  const { id } = await warm.wire.expect<{ id: string }>(201, 'POST', `/boxes/${warm.box}/snapshot`, capture);
  await warm.wire.settled(id);
  expect(await waiting()).toBeUndefined();
  expect((await warm.wire.execute(warm.box, 'echo on')).stdout).toBe('on\n');
  await aSpare();
  await warm.wire.expect(204, 'POST', `/boxes/${warm.box}/stop`);
  expect((await warm.wire.execute(warm.box, 'echo again')).stdout).toBe('again\n');
});

it('a server that is killed leaves no shell that waits', async () => {
  await aSpare();
  await warm.server.kill9();
  await until('the shell to end', async () => ((await waiting()) === undefined ? true : undefined));
  warm.server = await startLocalServer({ dataDir: warm.server.dataDir, spares: true });
  warm.wire = wireOf(warm.server);
});
