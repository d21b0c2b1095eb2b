import net from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { attachCommand } from '../../../../src/api/commands/command';
import { runCommand } from '../../../../src/api/commands/run-command';
import { Secret } from '../../../../src/api/secret';
import { Transport } from '../../../../src/api/transport';
import type { Box } from '../../../../src/api/types';
import { testEnvironment } from '../../../harness/env';
import { startSshAgent, type SshAgent } from '../../../harness/ssh-agent';
import { until } from '../../../harness/until';
import { runningServer } from '../fixture/running-server';
import { connect, type Client, type Frame } from './fixture/client';

const running = runningServer();
let agent: SshAgent;
let transport: Transport;
let box: Box;

beforeAll(async () => {
  agent = await startSshAgent();
  const { server, wire } = running;
  transport = new Transport({ endpoint: server.endpoint, apiKey: new Secret(server.apiKey) });
  const snapshot = await wire.build('agents', `${testEnvironment().registryOpen}/sandbox-screen:1`);
  box = await wire.boot({ snapshot_id: snapshot.id });
});
afterAll(async () => {
  await transport.close();
  await agent.stop();
});

const openAgent = (): net.Socket => net.connect(agent.socket);
const sockets = async (): Promise<string> =>
  (await running.wire.execute(box.id, 'ls /tmp/langsmith-agent-* 2>/dev/null; true')).stdout;
const asked = (client: Client, count: number): Promise<Frame[]> =>
  until(`${count} frames of the agent`, () => {
    const frames = client.frames.filter(({ type }) => type === 'ssh_agent_data');
    return frames.length >= count ? frames : undefined;
  });
/** SSH_AGENT_FAILURE (5), in a message of one byte: draft-ietf-sshm-ssh-agent, 3. */
const refusal = Buffer.from([0, 0, 0, 1, 5]).toString('base64');
const ask = 'while read x; do ssh-add -l 2>&1; echo "code $?"; done';
const forwarding = { command: ask, ssh_agent_forward: true, close_stdin: false };

it('a program in the sandbox uses the keys of the agent outside, which stay there', async () => {
  const listed = await runCommand(transport, box, { command: 'ssh-add -L' }, { openAgent });
  expect(listed).toEqual({ stdout: `${agent.publicKey}\n`, stderr: '', exit_code: 0 });
  const text = 'what is to be signed\n';
  const sign = `ssh-add -L > /root/key.pub && printf %s "$TEXT" | ssh-keygen -q -Y sign -n file -f /root/key.pub`;
  const signed = await runCommand(
    transport,
    box,
    { command: sign, run_config: { env_vars: { TEXT: text } } },
    { openAgent },
  );
  expect(await agent.verifies(text, signed.stdout), signed.stderr).toBe(true);
  expect(await agent.verifies('another text', signed.stdout)).toBe(false);
});

it('also of a user who is not root; the socket is that user’s alone, and goes with the command', async () => {
  const command = 'ssh-add -L; stat -c "%a %u" "$SSH_AUTH_SOCK"';
  const told = await runCommand(transport, box, { command, run_config: { user: '1234' } }, { openAgent });
  expect(told.stdout).toBe(`${agent.publicKey}\n600 1234\n`);
  await expect.poll(sockets).toBe('');
  const processes = await running.wire.execute(box.id, 'ps | grep -c "[a]gent-1"; true');
  expect(processes.stdout).toBe('0\n');
});

it('many connections at a time are kept apart', async () => {
  const command = 'for i in $(seq 20); do ssh-add -L & done; wait';
  const { stdout } = await runCommand(transport, box, { command }, { openAgent });
  expect(stdout).toBe(`${agent.publicKey}\n`.repeat(20));
});

it('an agent that is not there, and one that ends in the middle, are a refusal and no hang', async () => {
  const gone = (): net.Socket => net.connect('/no/agent/here');
  const told = await runCommand(transport, box, { command: 'ssh-add -l 2>&1' }, { openAgent: gone });
  expect(told.exit_code).not.toBe(0);
  const client = await connect(running.server, box.id, forwarding);
  client.send({ type: 'input', data: 'x\n' });
  const [question] = await asked(client, 1);
  client.send({ type: 'ssh_agent_close', channel_id: question?.channel_id });
  await client.said('code 1');
  await client.part();
});

it('a client that comes back answers again; meanwhile programs are turned away', async () => {
  const first = await connect(running.server, box.id, forwarding);
  first.send({ type: 'input', data: 'x\n' });
  const [question] = await asked(first, 1);
  first.leave();
  const second = await connect(running.server, box.id);
  const command_id = first.frames[0]?.command_id;
  second.send({ type: 'reconnect', command_id, stdout_offset: 0, stderr_offset: 0 });
  await second.said('code 1'); // the one whose connection broke
  second.send({ type: 'input', data: 'x\n' });
  const [again] = await asked(second, 1);
  expect(again?.channel_id).not.toBe(question?.channel_id);
  second.send({ type: 'ssh_agent_data', channel_id: again?.channel_id, data: refusal });
  await until('two answers', () => second.text('stdout').match(/code \d/g)?.length === 2 || undefined);
  second.send({ type: 'close_stdin' });
  expect((await second.closed())[0]).toMatchObject({ type: 'exit' });
});

it('who attaches without an agent turns programs away', async () => {
  const first = await connect(running.server, box.id, forwarding);
  await until('it to start', () => first.frames[0]);
  first.leave();
  const again = attachCommand(transport, box, first.frames[0]!.command_id!);
  await again.write('x\n');
  for await (const { data } of again.output()) if (data.includes('code 1')) break;
  await again.kill();
});

it('of two clients the one that asked last is asked; the other’s words count for nothing', async () => {
  const first = await connect(running.server, box.id, forwarding);
  await until('it to start', () => first.frames[0]);
  const command_id = first.frames[0]?.command_id;
  const watching = await connect(running.server, box.id);
  watching.send({ type: 'reconnect', command_id });
  const second = await connect(running.server, box.id, { ...forwarding, command_id });
  await until('it to attach', () => second.frames[0]);
  first.send({ type: 'input', data: 'x\n' });
  const [question] = await asked(second, 1);
  first.send({ type: 'ssh_agent_close', channel_id: question?.channel_id });
  second.send({ type: 'ssh_agent_data', channel_id: question?.channel_id, data: refusal });
  await second.said('code');
  for (const client of [first, watching]) {
    expect(client.frames.filter(({ type }) => type.startsWith('ssh'))).toEqual([]);
  }
  second.send({ type: 'close_stdin' });
  await first.closed();
});

it('without being asked for, none is there', async () => {
  const told = await running.wire.execute(box.id, 'echo "[$SSH_AUTH_SOCK]"');
  expect(told.stdout).toBe('[]\n');
});
