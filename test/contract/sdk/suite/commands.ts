import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { has, type Stage } from './sdk';

export function commandSuite(stage: Stage): void {
  it('output, error output and exit code come back', async () => {
    const run = await stage.box.run('echo out; echo err >&2; exit 3');
    expect(run).toMatchObject({ stdout: 'out\n', stderr: 'err\n', exit_code: 3 });
  });

  it('variables, folder and shell are the command’s own', async () => {
    const options = { env: { GREETING: 'hällo' }, cwd: '/opt', shell: '/bin/sh' };
    const run = await stage.box.run('printf "%s %s" "$GREETING" "$PWD"', options);
    expect(run.stdout).toBe('hällo /opt');
  });

  it('callbacks get the output as it comes', async () => {
    const parts: string[] = [];
    const onStdout = (data: string) => void parts.push(`out ${data}`);
    const onStderr = (data: string) => void parts.push(`err ${data}`);
    const run = await stage.box.run('echo a; echo b >&2', { onStdout, onStderr });
    expect(run.stdout).toBe('a\n');
    expect(parts.toSorted()).toEqual(['err b\n', 'out a\n']);
  });

  it('a handle has ids, yields chunks with offsets, and has the result', async () => {
    const handle = await stage.box.run('printf one; printf two >&2; exit 4', { wait: false });
    expect(handle.commandId).toBeTruthy();
    expect(handle.pid).toBeGreaterThan(0);
    const chunks = [];
    for await (const chunk of handle) chunks.push(chunk);
    expect(chunks.toSorted((a, b) => a.stream.localeCompare(b.stream))).toEqual([
      { stream: 'stderr', data: 'two', offset: 0 },
      { stream: 'stdout', data: 'one', offset: 0 },
    ]);
    expect((await handle.result).exit_code).toBe(4);
    expect([handle.lastStdoutOffset, handle.lastStderrOffset]).toEqual([3, 3]);
  });

  it('input reaches the command', async () => {
    const options = { wait: false as const, ...(hasCloseInput() && { closeInput: false }) };
    const handle = await stage.box.run('read line; echo "got $line"', options);
    handle.sendInput('hello\n');
    expect((await handle.result).stdout).toBe('got hello\n');
  });

  it.runIf(hasCloseInput())('closed input ends what reads it', async () => {
    const handle = await stage.box.run('cat; echo end', { wait: false, closeInput: false });
    handle.sendInput('text ');
    handle.closeInput();
    expect((await handle.result).stdout).toBe('text end\n');
    expect((await stage.box.run('cat; echo end')).stdout).toBe('end\n');
  });

  it('a command is killed with all its children', async () => {
    const handle = await stage.box.run('sleep 61 & sleep 61', { wait: false });
    handle.kill();
    expect((await handle.result).exit_code).toBe(137);
    expect((await stage.box.run('pgrep -f "^sleep 61" || true')).stdout).toBe('');
  });

  it('a terminal has both streams in one', async () => {
    const run = await stage.box.run('test -t 0 && echo terminal; echo err >&2', { pty: true });
    expect(run).toMatchObject({ stdout: 'terminal\r\nerr\r\n', stderr: '' });
  });

  it('a command past its time is ended and said so', async () => {
    await expect(stage.box.run('sleep 60', { timeout: 1 })).rejects.toMatchObject({
      name: expect.stringMatching(/Timeout|Operation/) as string,
    });
  });

  it('a second client goes on where the first one was', async () => {
    const handle = await stage.box.run('printf 0123456789; read line; printf "$line"', {
      wait: false,
      ...(hasCloseInput() && { closeInput: false }),
    });
    const commandId = handle.commandId ?? '';
    let written = '';
    for await (const { data } of await stage.box.reconnect(commandId)) {
      written += data;
      if (written === '0123456789') break;
    }
    const second = await stage.box.reconnect(commandId, { stdoutOffset: 4 });
    const third = await handle.reconnect();
    handle.sendInput('end\n'); // the official SDK drops what is sent before a connection stands
    expect((await second.result).stdout).toBe('456789end');
    expect((await third.result).exit_code).toBe(0);
  });

  it('a command id that is known runs nothing again', async () => {
    const commandId = randomUUID();
    const options = { commandId };
    await stage.box.run('echo once >> /root/once', options);
    await stage.box.run('echo once >> /root/once', options);
    expect((await stage.box.run('wc -l < /root/once')).stdout.trim()).toBe('1');
  });

  it.runIf(has(stage.sdk, 'Sandbox', 'stat'))('run_config is layered over the sandbox’s', async () => {
    await stage.client.updateSandbox(stage.box.name, { runConfig: { env_vars: { A: 'box', B: 'box' } } });
    const run = await stage.box.run('echo "$A $B $PWD"', {
      runConfig: { work_dir: '/opt', env_vars: { B: 'command' } },
    });
    expect(run.stdout).toBe('box command /opt\n');
  });

  function hasCloseInput(): boolean {
    return has(stage.sdk, 'CommandHandle', 'closeInput');
  }
}
