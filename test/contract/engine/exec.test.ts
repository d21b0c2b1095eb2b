import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { until } from '../../harness/until';
import { EngineError } from '../../../src/local/engine/engine-error';
import { enginesUnderTest } from '../../engines';
import { commitSpec } from './fixture/commit-spec';
import { engineRoom, soon } from './fixture/engine-room';
import { busyboxFilesystem } from './fixture/root-filesystem';

describe.each(await enginesUnderTest())('a command on $name', ({ url }) => {
  const room = engineRoom(url);
  let id: string;

  beforeAll(async () => {
    id = await room.running(await room.image(await busyboxFilesystem(), ['WORKDIR /srv', 'ENV A=image']));
  });

  it('gives its output apart, and its exit code', async () => {
    const ran = await room.run(id, ['sh', '-c', 'echo out; echo err >&2; exit 3']);
    expect(ran).toEqual({ stdout: 'out\n', stderr: 'err\n', exitCode: 3 });
  });

  it('is not read by a shell', async () => {
    expect((await room.run(id, ['echo', '$HOME', '*', 'a b', "'"])).stdout).toBe("$HOME * a b '\n");
  });

  it('runs in the image’s folder as root, unless told otherwise', async () => {
    const where = ['sh', '-c', 'pwd; id -un; echo $A $HOME'];
    expect((await room.run(id, where)).stdout).toBe('/srv\nroot\nimage /root\n');
    const spec = { command: where, workDir: '/opt', user: 'app', env: { A: 'own "x"\ny' } };
    expect((await room.run(id, spec)).stdout).toBe('/opt\napp\nown "x" y /home/app\n');
  });

  it('has an empty stdin', async () => {
    expect(await room.run(id, ['cat'])).toEqual({ stdout: '', stderr: '', exitCode: 0 });
  });

  it('carries bytes of any kind and amount, while nobody hurries to read', async () => {
    const command = [
      'sh',
      '-c',
      'head -c 3000000 /dev/zero; head -c 2000000 /dev/zero | tr "\\0" "\\377" >&2',
    ];
    const { stdout, stderr, exitCode } = await room.engine.exec(id, { command }, soon());
    await once(stdout, 'readable');
    let zeros = 0;
    let others = 0;
    stdout.on('data', (chunk: Buffer) => (zeros += chunk.filter((byte) => byte === 0).length));
    stderr.on('data', (chunk: Buffer) => (others += chunk.filter((byte) => byte === 255).length));
    expect(await exitCode).toBe(0);
    expect([zeros, others]).toEqual([3_000_000, 2_000_000]);
  });

  it('keeps what it said last for a reader who comes after the engine is done with it', async () => {
    const box = await room.running(await room.image(await busyboxFilesystem()));
    const script = 'echo $$ >/pid; n=0; while :; do head -c 4096 /dev/zero; n=$((n+1)); echo $n >/said; done';
    const { stdout, exitCode } = await room.engine.exec(box, { command: ['sh', '-c', script] }, soon());
    const said = await until('all pipes to be full', async () => {
      const counts = await room.run(box, ['sh', '-c', 'cat /said; sleep 0.5; cat /said']);
      const [before, after] = counts.stdout.trim().split('\n').map(Number);
      return before !== undefined && before === after ? after : undefined;
    });
    const patienceOfDocker = 'sleep 3';
    await room.run(box, ['sh', '-c', `kill -9 -- -$(cat /pid); ${patienceOfDocker}`]);
    expect((await buffer(stdout)).length).toBeGreaterThanOrEqual(said * 4096);
    expect(await exitCode).toBe(137);
  });

  it('settles only when its reader has all of the output', async () => {
    const { stdout, stderr, exitCode } = await room.engine.exec(id, { command: ['echo', 'late'] }, soon());
    let read = '';
    stdout.on('data', (chunk: Buffer) => (read += chunk.toString()));
    stderr.resume();
    await exitCode;
    expect(read).toBe('late\n');
  });

  it('settles although nobody reads where nothing comes', async () => {
    const { stdout, exitCode } = await room.engine.exec(id, { command: ['echo', 'hi'] }, soon());
    expect(await text(stdout)).toBe('hi\n');
    expect(await exitCode).toBe(0);
  });

  it('goes on when one of its outputs is not wanted', async () => {
    const command = ['sh', '-c', 'head -c 1000000 /dev/zero; echo done >&2'];
    const { stdout, stderr, exitCode } = await room.engine.exec(id, { command }, soon());
    stdout.destroy();
    expect(await text(stderr)).toBe('done\n');
    expect(await exitCode).toBe(0);
  });

  it('has 128 plus the signal as exit code when it was killed', async () => {
    expect((await room.run(id, ['sh', '-c', 'kill -KILL $$'])).exitCode).toBe(137);
  });

  it.each([
    ['does not exist', { command: ['no-such-command'] }, [127], /no-such-command/],
    ['has a path that does not exist', { command: ['/no/such/command'] }, [127], /no\/such\/command/],
    ['is not a program', { command: ['/etc/passwd'] }, [126], /permission denied/i],
    ['has a folder that does not exist', { command: ['true'], workDir: '/nowhere' }, [126, 127], /nowhere/],
  ])('that %s says so on stderr', async (_, spec, exitCodes, reason) => {
    const ran = await room.run(id, spec);
    expect(ran.stdout).toBe('');
    expect(exitCodes).toContain(ran.exitCode);
    expect(ran.stderr).toMatch(reason);
  });

  it('of a user that does not exist says so', async () => {
    const refusal = await room
      .run(id, { command: ['true'], user: 'nobody-there' })
      .then(({ stderr, exitCode }) => (exitCode === 126 ? stderr : ''))
      .catch((error: unknown) => String(error));
    expect(refusal).toMatch(/unable to find user nobody-there/);
  });

  it('may end its first line as engines end their messages', async () => {
    expect((await room.run(id, ['printf', 'mine\\r\\n'])).stdout).toBe('mine\r\n');
  });

  it('is refused while the container is stopped, or not there', async () => {
    const stopped = await room.created(await room.image(await busyboxFilesystem()));
    await expect(room.run(stopped, ['true'])).rejects.toMatchObject({
      name: 'EngineError',
      kind: 'conflict',
    });
    await expect(room.run('engine-test-nowhere', ['true'])).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('stops being followed at once when the signal aborts, and goes on', async () => {
    const stopping = new AbortController();
    const reason = new Error('cancelled');
    const command = ['sh', '-c', 'echo $$; while sleep 0.1; do echo tick; done'];
    const running = await room.engine.exec(id, { command }, stopping.signal);
    const [first] = (await once(running.stdout, 'data')) as [Buffer];
    const group = first.toString().split('\n')[0]!;
    const ends = [running.stdout, running.stderr].map(closed);
    stopping.abort(reason);
    await expect(running.exitCode).rejects.toBe(reason);
    await Promise.all(ends);
    expect(running.stdout.errored).toBe(reason);
    expect((await room.run(id, ['test', '-e', `/proc/${group}`])).exitCode).toBe(0);
    await room.run(id, ['kill', '-9', '--', `-${group}`]);
  });

  function closed(stream: Readable): Promise<void> {
    return new Promise((resolve) => stream.once('close', resolve));
  }

  it('leads a process group that a second command can kill with all its children', async () => {
    const command = ['sh', '-c', 'echo $$; sleep 1000 & sleep 1001'];
    const { stdout, exitCode } = await room.engine.exec(id, { command }, soon());
    const output = text(stdout);
    const leader = await until('the children', async () => {
      const { stdout: list } = await room.run(id, ['ps', '-o', 'pid,pgid,args']);
      const groups = [...list.matchAll(/^\s*\d+\s+(\d+)\s+sleep 100[01]$/gm)].map(([, group]) => group!);
      return groups.length === 2 && groups[0] === groups[1] ? groups[0] : undefined;
    });
    await room.run(id, ['kill', '-9', '--', `-${leader}`]);
    expect(await exitCode).toBe(137);
    expect(await output).toBe(`${leader}\n`);
    expect((await room.run(id, ['ps', '-o', 'args'])).stdout).not.toMatch(/sleep 100[01]/);
  });

  it('ends when its container is stopped', async () => {
    const own = await room.running(await room.image(await busyboxFilesystem()));
    const { stdout, exitCode } = await room.engine.exec(
      own,
      { command: ['sh', '-c', 'echo up; sleep 1000'] },
      soon(),
    );
    await once(stdout, 'data');
    stdout.resume();
    await room.engine.stopContainer(own, 10, soon());
    const outcome = await exitCode.catch((error: unknown) => error instanceof EngineError);
    expect([137, true]).toContain(outcome);
  });

  it('waits for a capture before it begins, and can be called off until then', async () => {
    const own = await room.running(await room.image(await busyboxFilesystem()));
    const capture = room.engine.commitContainer(own, commitSpec(room.imageName()), soon());
    const callOff = new AbortController();
    const begins = vi.fn();
    const exec = room.engine.exec(own, { command: ['true'], begins }, callOff.signal);
    callOff.abort(new Error('called off'));
    await expect(exec).rejects.toThrow('called off');
    expect(begins).not.toHaveBeenCalled();
    expect(await room.run(own, { command: ['echo', 'after'], begins })).toMatchObject({ stdout: 'after\n' });
    expect(begins).toHaveBeenCalledTimes(1);
    await capture;
  });

  it('ends its output as it likes', async () => {
    const said = 'exec: "nothing": executable file not found in $PATH\r\n';
    expect(await room.run(id, ['printf', '%s', said])).toEqual({ stdout: said, stderr: '', exitCode: 0 });
  });

  it('is not frozen for ever by a pause while it starts', async () => {
    const own = await room.running(await room.image(await busyboxFilesystem()));
    for (let round = 0; round < 3; round += 1) {
      const runs = [1, 2, 3].map((number) => room.run(own, ['sh', '-c', `sleep 0.0${number}; echo up`]));
      await room.engine.pauseContainer(own, soon());
      await room.engine.unpauseContainer(own, soon());
      for (const { stdout } of await Promise.all(runs)) expect(stdout).toBe('up\n');
    }
  });

  it('does not wait for what it left running in the background', async () => {
    const ran = await room.run(id, ['sh', '-c', 'sleep 1000 & echo started']);
    expect(ran).toMatchObject({ stdout: 'started\n', exitCode: 0 });
  });
});
