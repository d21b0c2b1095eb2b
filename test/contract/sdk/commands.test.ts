import { SandboxClient, type Sandbox } from 'langsmith/sandbox';
import { beforeAll, expect, it } from 'vitest';
import { runningServer } from '../local/fixture/running-server';
import { baseImage } from '../local/fixture/wire';

// The official SDK's way to run commands, unmodified: it takes the WebSocket as soon as `ws` can be found.

const running = runningServer();
let sandbox: Sandbox;

beforeAll(async () => {
  const snapshot = await running.wire.build('sdk-commands', baseImage());
  const { endpoint, apiKey } = running.server;
  const client = new SandboxClient({ apiEndpoint: `${endpoint}/v2/sandboxes`, apiKey });
  sandbox = await client.createSandbox(snapshot.id);
});

it('streams what a command writes while it runs', async () => {
  const heard: string[] = [];
  const result = await sandbox.run('echo one; echo two >&2; exit 3', {
    onStdout: (text) => heard.push(`out ${text}`),
    onStderr: (text) => heard.push(`err ${text}`),
  });
  expect(result).toMatchObject({ stdout: 'one\n', stderr: 'two\n', exit_code: 3 });
  expect(heard.sort()).toEqual(['err two\n', 'out one\n']);
});

it('gives input, and its end', async () => {
  const handle = await sandbox.run('sort', { wait: false, closeInput: false });
  handle.sendInput('b\na\n');
  handle.closeInput();
  expect(await handle.result).toMatchObject({ stdout: 'a\nb\n', exit_code: 0 });
});

it('reconnects from the byte it had last', async () => {
  const handle = await sandbox.run('printf 12345; read x; printf 678', { wait: false, closeInput: false });
  for await (const { data } of handle) {
    expect(data).toBe('12345');
    break;
  }
  const again = await sandbox.reconnect(handle.commandId ?? '', { stdoutOffset: 3 });
  const data: string[] = [];
  for await (const chunk of again) {
    if (data.push(chunk.data) === 1) again.sendInput('\n');
  }
  expect(data.join('')).toBe('45678');
});

it('kills', async () => {
  const handle = await sandbox.run('echo up; sleep 5741', { wait: false });
  for await (const { data } of handle) {
    expect(data).toBe('up\n');
    handle.kill();
  }
  expect((await handle.result).exit_code).toBe(137);
});

it('has a terminal', async () => {
  const result = await sandbox.run('test -t 1 && test -t 2 && echo both', { pty: true });
  expect(result).toMatchObject({ stdout: 'both\r\n', exit_code: 0 });
});

it('has its own error for a command that takes too long, and for one that is not there', async () => {
  await expect(sandbox.run('sleep 5742', { timeout: 1 })).rejects.toMatchObject({
    name: 'LangSmithCommandTimeoutError',
  });
  const unknown = await sandbox.reconnect('nowhere');
  await expect(unknown.result).rejects.toMatchObject({ name: 'LangSmithSandboxOperationError' });
});
