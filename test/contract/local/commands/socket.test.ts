import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../harness/until';
import { runningServer } from '../fixture/running-server';
import { baseImage } from '../fixture/wire';
import { connect, type Client } from './fixture/client';

const running = runningServer();
let box: string;

beforeAll(async () => {
  const snapshot = await running.wire.build('commands', baseImage(), {
    run_config: { env_vars: { LAYER: 'snapshot' }, work_dir: '/opt' },
  });
  box = (await running.wire.boot({ snapshot_id: snapshot.id })).id;
});

const open = (first?: object): Promise<Client> => connect(running.server, box, first);
const reconnect = async (command_id: string, stdout_offset = 0, stderr_offset = 0): Promise<Client> => {
  const client = await open();
  client.send({ type: 'reconnect', command_id, stdout_offset, stderr_offset });
  return client;
};
const count = async (what: string): Promise<number> =>
  Number((await running.wire.execute(box, `ps | grep -c "[${what[0]}]${what.slice(1)}"`)).stdout);
const gone = (what: string): Promise<true> =>
  until(`${what} to be gone`, async () => ((await count(what)) === 0 ? true : undefined));

describe('a command over a WebSocket', () => {
  it('is started, tells its outputs apart with their offsets, exits, and the connection closes with 1000', async () => {
    const client = await open({ command: 'printf ab; printf cd >&2; exit 3', command_id: 'first' });
    expect(await client.closed()).toEqual([{ type: 'exit', exit_code: 3 }, 1000]);
    expect(client.frames[0]).toEqual({
      type: 'started',
      command_id: 'first',
      pid: expect.any(Number) as number,
    });
    expect(client.frames.slice(1, 3)).toEqual(
      expect.arrayContaining([
        { type: 'stdout', data: 'ab', offset: 0 },
        { type: 'stderr', data: 'cd', offset: 0 },
      ]),
    );
    expect(client.frames).toHaveLength(4);
  });

  it('runs with the configuration of its sandbox, and its own', async () => {
    const command = 'printf "%s %s %s" "$LAYER" "$OWN" "$PWD"';
    const layered = await open({ command, env: { OWN: 'mine' } });
    await layered.closed();
    expect(layered.text('stdout')).toBe('snapshot mine /opt');
    const own = await open({ command, run_config: { env_vars: { LAYER: 'own' }, work_dir: '/tmp' } });
    await own.closed();
    expect(own.text('stdout')).toBe('own  /tmp');
  });

  it('never cuts a character in two, and counts its bytes', async () => {
    const client = await open({ command: 'for i in $(seq 3000); do printf "€ä😀"; done; printf "\\377"' });
    await client.closed();
    expect(client.text('stdout')).toBe(`${'€ä😀'.repeat(3000)}\u{fffd}`);
    let next = 0;
    for (const { data, offset } of client.frames.filter(({ type }) => type === 'stdout')) {
      expect(offset).toBe(next);
      next += Buffer.byteLength(data ?? '');
    }
  });

  it('reads input until it is closed', async () => {
    const client = await open({ command: 'sort; echo end', close_stdin: false });
    client.send({ type: 'input', data: 'b\nä\n' });
    client.send({ type: 'input', data: 'a\n' });
    client.send({ type: 'close_stdin' });
    expect((await client.closed())[0]).toMatchObject({ exit_code: 0 });
    expect(client.text('stdout')).toBe('a\nb\nä\nend\n');
  });

  it('takes more input than it reads at a time, and all of it', async () => {
    const client = await open({ command: 'sleep 0.3; wc -c', close_stdin: false });
    for (let part = 0; part < 20; part += 1) client.send({ type: 'input', data: 'x'.repeat(500_000) });
    client.send({ type: 'close_stdin' });
    await client.closed();
    expect(client.text('stdout').trim()).toBe('10000000');
  });

  it('is killed with all of its group', async () => {
    const client = await open({ command: 'sleep 5711 & echo up; sleep 5711' });
    await client.said('up');
    client.send({ type: 'kill' });
    expect(await client.closed()).toEqual([{ type: 'exit', exit_code: 137 }, 1000]);
    expect(await count('sleep 5711')).toBe(0);
  });

  it('has a terminal with pty: one stream, an end of input by its key, a size that changes', async () => {
    const client = await open({
      command: 'stty size; cat; echo err >&2; stty size',
      pty: true,
      rows: 31,
      cols: 97,
    });
    await client.said('31 97\r\n');
    client.send({ type: 'close_stdin' });
    client.send({ type: 'resize', cols: 120, rows: 40 });
    client.send({ type: 'input', data: 'line\n' });
    await client.said('line\r\nline\r\n');
    client.send({ type: 'input', data: '\u0004' });
    expect((await client.closed())[0]).toEqual({ type: 'exit', exit_code: 0 });
    expect(client.text('stdout')).toContain('err\r\n40 120\r\n');
    expect(client.text('stderr')).toBe('');
  });

  it('is a shell when a terminal is asked for without a command', async () => {
    const client = await open({ pty: true });
    client.send({ type: 'input', data: 'echo $((40 + 2)) $TERM; exit 4\n' });
    expect((await client.closed())[0]).toEqual({ type: 'exit', exit_code: 4 });
    expect(client.text('stdout')).toContain('42 xterm-256color');
  });

  it('ends when its time is over', async () => {
    const client = await open({ command: 'echo up; sleep 5712', timeout_seconds: 0.5 });
    const [last, code] = await client.closed();
    expect([last, code]).toEqual([
      {
        type: 'error',
        error_type: 'CommandTimeout',
        error: 'The command timeout of 0.5 s was exceeded: it was killed.',
      },
      1000,
    ]);
    expect(client.text('stdout')).toBe('up\n');
    await gone('sleep 5712');
  });
});

describe('clients of a command', () => {
  it('may leave and come back to what they have not had', async () => {
    const command_id = randomUUID();
    const first = await open({ command: 'printf one; read x; printf two', command_id, close_stdin: false });
    await first.said('one');
    first.leave();
    const second = await reconnect(command_id, 2);
    await second.said('e');
    expect(second.frames[0]).toEqual({ type: 'started', command_id, pid: first.frames[0]?.pid });
    second.send({ type: 'input', data: '\n' });
    await second.closed();
    expect(second.frames[1]).toEqual({ type: 'stdout', data: 'e', offset: 2 });
    expect(second.text('stdout')).toBe('etwo');
    const late = await reconnect(command_id, 3, 99);
    expect(await late.closed()).toEqual([{ type: 'exit', exit_code: 0 }, 1000]);
    expect(late.text('stdout')).toBe('two');
  });

  it('start it once: the same id attaches, from its beginning', async () => {
    const command_id = 'any text: even this';
    const command = 'echo ran >> /tmp/runs; printf out; sleep 0.3';
    const both = await Promise.all([open({ command, command_id }), open({ command, command_id })]);
    for (const client of both) {
      expect((await client.closed())[0]).toMatchObject({ exit_code: 0 });
      expect(client.text('stdout')).toBe('out');
    }
    const third = await open({ command: 'echo another', command_id });
    await third.closed();
    expect(third.text('stdout')).toBe('out');
    expect((await running.wire.execute(box, 'wc -l < /tmp/runs')).stdout.trim()).toBe('1');
  });

  it('all see its output, and it waits for the slow ones', async () => {
    const command = 'head -c 30000000 /dev/zero | tr "\\0" x';
    const slow = await open({ command, command_id: 'slow' });
    slow.pause();
    const fast = await open({ command, command_id: 'slow' });
    await fast.said('x'.repeat(1000));
    expect(fast.frames.map(({ type }) => type)).not.toContain('exit');
    slow.resume();
    expect((await slow.closed())[0]).toMatchObject({ exit_code: 0 });
    expect((await fast.closed())[0]).toMatchObject({ exit_code: 0 });
    expect(slow.text('stdout')).toHaveLength(30_000_000);
  });

  it('find the newest of what a command wrote while nobody was there', async () => {
    const command =
      'read x; head -c 3000000 /dev/zero | tr "\\0" x; printf END; touch /tmp/wrote; sleep 5713';
    const first = await open({ command, command_id: 'alone', close_stdin: false });
    first.send({ type: 'input', data: '\n' });
    await first.said('x');
    await first.part();
    await until('it to have written', async () =>
      (await running.wire.execute(box, '[ -e /tmp/wrote ]')).exit_code === 0 ? true : undefined,
    );
    const early = await reconnect('alone'); // the last of it may still be on its way from the engine
    await early.said('END');
    await early.part();
    const second = await reconnect('alone');
    await second.said('END');
    expect(second.frames[1]).toMatchObject({ offset: 3_000_003 - second.text('stdout').length });
    expect(second.text('stdout')).toHaveLength(1024 * 1024);
    second.send({ type: 'kill' });
    await second.closed();
  });

  it('end it by leaving, where they asked for that', async () => {
    const client = await open({ command: 'echo up; sleep 5714', kill_on_disconnect: true });
    await client.said('up');
    client.leave();
    await gone('sleep 5714');
  });

  it('may be away for a limited time', async () => {
    const client = await open({
      command: 'echo up; sleep 5715',
      command_id: 'idle',
      idle_timeout_seconds: 0.3,
    });
    await client.said('up');
    client.leave();
    await gone('sleep 5715');
    const late = await reconnect('idle');
    expect((await late.closed())[0]).toMatchObject({
      error_type: 'SessionExpired',
      error: 'No client was attached for 0.3 s: the command was killed.',
    });
  });

  it('find it for as long as it is kept', async () => {
    const short = { command: 'echo run >> /root/short', command_id: 'short', ttl_seconds: 0 };
    await (await open(short)).closed();
    const expired = { type: 'error', error_type: 'SessionExpired' };
    expect((await (await reconnect('short')).closed())[0]).toMatchObject(expired);
    expect((await (await open(short)).closed())[0]).toMatchObject(expired);
    const again = await running.wire.call('POST', `/${box}/execute/stream/start`, short);
    expect([again.status, again.json['detail']]).toEqual([
      404,
      expect.objectContaining({ error: 'SessionExpired' }),
    ]);
    expect((await running.wire.execute(box, 'cat /root/short')).stdout).toBe('run\n');
    expect(await (await reconnect('never')).closed()).toEqual([
      {
        type: 'error',
        error_type: 'CommandNotFound',
        error: expect.stringContaining('no command never') as string,
      },
      1000,
    ]);
  });
});
