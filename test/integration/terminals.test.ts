import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { commands as editor, ConfigurationTarget, window, workspace } from 'vscode';
import type { Box } from '../../src/api/types';
import { commands, settings } from '../../src/contributions';
import { testEnvironment } from '../harness/env';
import { startSshAgent } from '../harness/ssh-agent';
import { unique } from '../contract/local/fixture/wire';
import { until } from '../harness/until';
import { drawnBy, nextTerminal, sandboxInSight, type Opened, type SandboxInSight } from './sandbox-in-sight';

const megabyte = 1024 * 1024;

// The checksums are of what the extension gives to the editor.
suite('a terminal in a sandbox', () => {
  let at: SandboxInSight | undefined;

  suiteSetup(async function () {
    if (!process.env.DOCKER_HOST) return this.skip(); // No engine was set up for this run.
    at = await sandboxInSight();
  });
  suiteTeardown(() => at?.close());

  async function opened(boxId = at!.box.id): Promise<Opened> {
    const next = nextTerminal();
    await editor.executeCommand(commands.openTerminal, boxId);
    const { drawn, ...others } = await next;
    await until('the prompt', () => /[$#] $/.test(drawn.text) || undefined);
    return { drawn, ...others };
  }

  test('50 MB come whole while the connection breaks ten times', async () => {
    const { terminal, pty, drawn } = await opened();
    pty.handleInput!(
      'stty -opost -echo; echo; printf begin; read go; seq 1 7000000 | cat; printf end; read stop; stty sane\r',
    );
    await until('its begin', () => drawn.text.endsWith('begin') || undefined);
    const stream = drawnBy(pty);
    at!.line.breakNext(10, 4 * megabyte);
    pty.handleInput!('\r');
    await until('its end', () => stream.text.endsWith('end') || undefined, 170_000);
    const expected = createHash('sha256');
    for (let at = 1; at <= 7_000_000; at += 10_000) {
      expected.update(Array.from({ length: 10_000 }, (_, index) => `${at + index}\n`).join(''));
    }
    expected.update('end');
    assert.equal(at!.line.left, 0);
    assert.ok(stream.length > 50 * megabyte);
    assert.equal(stream.digest(), expected.digest('hex'));
    terminal.dispose();
  }).timeout(180_000);

  test('1 MB of paste arrives whole', async () => {
    const { terminal, pty, drawn } = await opened();
    const paste = Array.from({ length: megabyte / 32 }, (_, index) => `${index}`.padStart(31, 'é')).join(
      '\n',
    );
    const bytes = Buffer.byteLength(paste);
    pty.handleInput!(
      `stty raw -echo; printf re''ady; head -c ${bytes} > /root/pasted; stty sane; printf ta''ken\r`,
    );
    await until('the program', () => drawn.text.includes('ready') || undefined);
    pty.handleInput!(paste);
    await until('all of it', () => drawn.text.includes('taken') || undefined, 60_000);
    const sum = createHash('sha256').update(paste).digest('hex');
    assert.equal((await at!.said('sha256sum /root/pasted')).split(' ')[0], sum);
    terminal.dispose();
  }).timeout(90_000);

  test('a size, a signal and characters of several bytes pass', async () => {
    const { terminal, pty, drawn } = await opened();
    await until('the size', () => {
      // The editor tells its own, too, when it has drawn the terminal.
      pty.setDimensions!({ columns: 133, rows: 44 });
      pty.handleInput!('stty size\r');
      return drawn.text.includes('44 133') || undefined;
    });
    pty.handleInput!("printf '\\xe6\\xbc\\xa2'; sleep 1000\r");
    await until('the sign', () => drawn.text.endsWith('漢') || undefined);
    pty.handleInput!('\x03');
    pty.handleInput!('echo code $?\r');
    await until('the end of what was interrupted', () => drawn.text.includes('code 130') || undefined);
    terminal.dispose();
  });

  test('the keys of an SSH agent are there where the settings say so, and only there', async () => {
    const agent = await startSshAgent();
    const before = process.env['SSH_AUTH_SOCK'];
    const name = `ssh-${unique()}`;
    await at!.wire.build(name, `${testEnvironment().registryOpen}/sandbox-screen:1`);
    const { id } = await at!.wire.boot({ snapshot: name });
    const setting = (value: boolean | undefined): Thenable<void> =>
      workspace.getConfiguration().update(settings.forwardSshAgent, value, ConfigurationTarget.Global);
    const keys = async (words: RegExp): Promise<void> => {
      const { terminal, pty, drawn } = await opened(id);
      pty.handleInput!('ssh-add -L; echo "co""de $?"\r');
      await until(words.source, () => words.test(drawn.text) || undefined);
      terminal.dispose();
    };
    try {
      process.env['SSH_AUTH_SOCK'] = agent.socket;
      await keys(/Could not open a connection[^]*code 2/);
      await setting(true);
      await keys(/ssh-ed25519 \S+ of the user[^]*code 0/);
      delete process.env['SSH_AUTH_SOCK'];
      await keys(/No SSH agent is forwarded: SSH_AUTH_SOCK is not set[^]*code 2/);
    } finally {
      await setting(undefined);
      if (before !== undefined) process.env['SSH_AUTH_SOCK'] = before;
      await agent.stop();
    }
  });

  test('one that is closed ends its shell; one whose shell ended says how', async () => {
    const first = await opened();
    first.pty.handleInput!('echo $$ > /root/pid\r');
    const pid = await until('its process', async () => (await at!.said('cat /root/pid')) || undefined);
    first.terminal.dispose();
    await until('its end', async () => (await at!.said(`[ -d /proc/${pid} ] || echo gone`)) || undefined);
    const second = await opened();
    second.pty.handleInput!('exit 7\r');
    await until('why', () => second.drawn.text.includes('Ended with exit code 7.') || undefined);
    assert.ok(window.terminals.includes(second.terminal));
    second.pty.handleInput!('x');
    await until('the terminal to close', () => !window.terminals.includes(second.terminal) || undefined);
    assert.deepEqual(
      at!.host.desk.terminals.kept.left(at!.host.desk.connections.current.value.session!.target),
      [],
    );
  });

  test('a sandbox that is stopped ends it with that reason, and is not woken', async () => {
    const { terminal, drawn } = await opened();
    await at!.wire.expect(204, 'POST', `/boxes/${at!.box.id}/stop`);
    await until('the reason', () => /stopped/.test(drawn.text) || undefined);
    assert.equal((await at!.wire.expect<Box>(200, 'GET', `/boxes/${at!.box.id}`)).status, 'stopped');
    terminal.dispose();
    await at!.wire.expect(202, 'POST', `/boxes/${at!.box.id}/start`);
    await until('the sandbox', async () => {
      return (await at!.wire.expect<Box>(200, 'GET', `/boxes/${at!.box.id}`)).status === 'ready' || undefined;
    });
  });
});
