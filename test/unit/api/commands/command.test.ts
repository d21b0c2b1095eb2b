import { describe, expect, it } from 'vitest';
import { attachCommand, startCommand, type Command } from '../../../../src/api/commands/command';
import { makeCommandId } from '../../../../src/api/commands/command-id';
import type { Transport } from '../../../../src/api/transport';
import { runCommand } from '../../../../src/api/commands/run-command';
import { eager, scriptedSockets, type SeenFrame, type Scripted } from '../scripted-sockets';

const isOpening = ({ type }: SeenFrame): boolean => type === 'execute' || type === 'reconnect';
const start = ({ say }: Scripted, { command_id }: SeenFrame): void =>
  say({ type: 'started', command_id, pid: 7 });

async function outputOf(command: Command): Promise<string> {
  let all = '';
  for await (const { data } of command.output()) all += data;
  return all;
}

it('ids of commands are UUIDs of version 7, in order of their making', () => {
  expect(makeCommandId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(makeCommandId(2) > makeCommandId(1)).toBe(true);
});

describe('a command', () => {
  it('runs with an id of ours and gives its output, its error output and its exit code', async () => {
    const { transport, box, frames } = await scriptedSockets({
      onFrame: (server, frame) => {
        if (!isOpening(frame)) return;
        start(server, frame);
        server.say({ type: 'stdout', data: 'out', offset: 0 });
        server.say({ type: 'a_frame_of_tomorrow' });
        server.say({ type: 'stderr', data: 'err', offset: 0 });
        server.say({ type: 'exit', exit_code: 3 });
        server.socket.close(1000);
      },
    });
    const reply = await runCommand(transport, box, { command: 'x', timeout_seconds: 5, cwd: '/tmp' });
    expect(reply).toEqual({ stdout: 'out', stderr: 'err', exit_code: 3 });
    expect(frames).toEqual([
      {
        connection: 1,
        type: 'execute',
        command: 'x',
        timeout_seconds: 5,
        cwd: '/tmp',
        command_id: expect.stringMatching(/-7/) as string,
        close_stdin: true,
      },
    ]);
  });

  it('with a terminal has its size, its input and no end of it', async () => {
    const { transport, box, frames } = await scriptedSockets({
      onFrame: (server, frame) => {
        if (isOpening(frame)) start(server, frame);
        if (frame.type === 'input') server.say({ type: 'exit', exit_code: 0 });
      },
    });
    const command = startCommand(transport, box, { pty: true, cols: 80, rows: 24 });
    expect(await command.started).toBe(7);
    command.resize({ cols: 100, rows: 30 });
    await command.write('exit\n');
    expect(await command.exited()).toBe(0);
    expect(frames).toMatchObject([
      { type: 'execute', pty: true, cols: 80, rows: 24 },
      { type: 'resize', cols: 100, rows: 30 },
      { type: 'input', data: 'exit\n' },
    ]);
    expect(frames[0]).not.toHaveProperty('close_stdin');
  });

  it('goes on at once after 1001, at the right bytes, and gives nothing twice', async () => {
    const { transport, box, frames } = await scriptedSockets({
      onFrame: (server, frame) => {
        start(server, frame);
        if (frame.type === 'execute') {
          server.say({ type: 'stdout', data: 'ä', offset: 0 });
          server.say({ type: 'stderr', data: 'e', offset: 0 });
          server.socket.close(1001);
        } else {
          server.say({ type: 'stdout', data: 'b', offset: 2 });
          server.say({ type: 'exit', exit_code: 0 });
        }
      },
    });
    // Any pause but none would outlast the test.
    const persistence = { ...eager, firstPauseMs: 100_000, budgetMs: 1_000_000 };
    const reply = await runCommand(transport, box, { command: 'x' }, { persistence });
    expect(reply).toEqual({ stdout: 'äb', stderr: 'e', exit_code: 0 });
    expect(frames[1]).toMatchObject({ type: 'reconnect', stdout_offset: 2, stderr_offset: 1 });
  });

  it('that was not seen to start is asked for again by the same id', async () => {
    const { transport, box, frames } = await scriptedSockets({
      onFrame: (server, frame) => {
        if (frame.connection < 3) server.socket.terminate();
        else {
          start(server, frame);
          server.say({ type: 'exit', exit_code: 0 });
        }
      },
    });
    await runCommand(transport, box, { command: 'x' }, { persistence: eager });
    expect(frames.map(({ type }) => type)).toEqual(['execute', 'execute', 'execute']);
    expect(new Set(frames.map(({ command_id }) => command_id)).size).toBe(1);
  });

  it('is given up after so many tries that lead nowhere', async () => {
    const { transport, box, frames } = await scriptedSockets({ onFrame: ({ socket }) => socket.terminate() });
    await expect(runCommand(transport, box, { command: 'x' }, { persistence: eager })).rejects.toMatchObject({
      kind: 'ambiguous',
    });
    expect(frames).toHaveLength(eager.mostTries + 1);
  });

  it.each([
    ['CommandTimeout', 'timeout'],
    ['CommandNotFound', 'not-found'],
    ['SessionExpired', 'not-found'],
    ['CommandError', 'invalid'],
    ['Other', 'server'],
  ])('that ends with %s fails with the server’s sentence', async (error_type, kind) => {
    const { transport, box } = await scriptedSockets({
      onFrame: ({ say }) => say({ type: 'error', error: 'the sentence', error_type }),
    });
    await expect(attachCommand(transport, box, 'c1').exited()).rejects.toMatchObject({
      kind,
      errorType: error_type,
      message: 'the sentence',
    });
  });

  it('waits for who reads it: what is not read stays with the server', async () => {
    const piece = 'x'.repeat(64 * 1024);
    const pieces = 600;
    let sent = 0;
    const { transport, box, sockets } = await scriptedSockets({
      onFrame: (server, frame) => {
        start(server, frame);
        const more = (): void => {
          if (sent === pieces) {
            server.say({ type: 'exit', exit_code: 0 });
            return;
          }
          const frameOut = { type: 'stdout', data: piece, offset: sent++ * piece.length };
          server.socket.send(JSON.stringify(frameOut), more);
        };
        more();
      },
    });
    const command = startCommand(transport, box, { command: 'x' });
    await command.started;
    // It stands still when the sockets between are full.
    let before = -1;
    await expect
      .poll(
        () => {
          const isStill = sent === before;
          before = sent;
          return isStill;
        },
        { interval: 100 },
      )
      .toBe(true);
    expect(sent).toBeLessThan(pieces);
    expect(sockets[0]?.bufferedAmount).toBeGreaterThan(0);
    let length = 0;
    for await (const { data } of command.output()) length += data.length;
    expect(length).toBe(pieces * piece.length);
    expect(await command.exited()).toBe(0);
  });

  it('that says more than is wanted is killed', async () => {
    const { transport, box, frames } = await scriptedSockets({
      onFrame: (server, frame) => {
        if (frame.type === 'kill') server.say({ type: 'exit', exit_code: 137 });
        else {
          start(server, frame);
          server.say({ type: 'stdout', data: 'too much', offset: 0 });
        }
      },
    });
    await expect(runCommand(transport, box, { command: 'x' }, { mostOutputLength: 3 })).rejects.toMatchObject(
      { errorType: 'OutputTooLarge' },
    );
    await expect.poll(() => frames.at(-1)?.type).toBe('kill');
  });

  it('that is aborted rejects before the server has heard, and is killed behind it', async () => {
    const { transport, box, frames } = await scriptedSockets({
      onFrame: (server, frame) => {
        if (frame.type === 'kill') server.say({ type: 'exit', exit_code: 137 });
        else start(server, frame);
      },
    });
    const abort = new AbortController();
    const run = runCommand(transport, box, { command: 'x' }, { signal: abort.signal });
    await expect.poll(() => frames.length).toBe(1);
    abort.abort('enough');
    await expect(run).rejects.toBe('enough');
    await expect.poll(() => frames.at(-1)?.type).toBe('kill');
  });

  it('that is let go runs on, and can be attached to', async () => {
    const { transport, box, frames } = await scriptedSockets({
      onFrame: (server, frame) => {
        start(server, frame);
        if (frame.type === 'reconnect') server.say({ type: 'exit', exit_code: 0 });
      },
    });
    const abort = new AbortController();
    const command = startCommand(transport, box, { command: 'x' }, { signal: abort.signal });
    await command.started;
    abort.abort('let go');
    await expect(outputOf(command)).rejects.toBe('let go');
    const again = attachCommand(transport, box, command.id, { offsets: { stdout: 5 } });
    expect(await again.exited()).toBe(0);
    expect(frames.at(-1)).toMatchObject({ type: 'reconnect', stdout_offset: 5, stderr_offset: 0 });
  });

  it('tells the writer when input may or may not have arrived, and sends none twice', async () => {
    const { transport, box, frames } = await scriptedSockets({
      onFrame: (server, frame) => {
        // Before the pong that would have confirmed it.
        if (frame.type === 'input' && frame.connection === 1) server.socket.terminate();
        else if (isOpening(frame)) start(server, frame);
        else if (frame.type === 'close_stdin') server.say({ type: 'exit', exit_code: 0 });
      },
    });
    const command = startCommand(
      transport,
      box,
      { command: 'cat', close_stdin: false },
      { persistence: eager },
    );
    const long = 'one'.repeat(30_000);
    const [first, second] = [command.write(long), command.write('two')];
    await expect(first).rejects.toMatchObject({ kind: 'ambiguous' });
    await second;
    command.closeInput();
    expect(await command.exited()).toBe(0);
    const inputs = frames.filter(({ type }) => type === 'input');
    expect(inputs.filter(({ connection }) => connection === 2)).toMatchObject([{ data: 'two' }]);
    expect(long.startsWith(textOf(inputs.filter(({ connection }) => connection === 1)))).toBe(true);
    await expect(command.write('late')).rejects.toMatchObject({ kind: 'invalid' });
  });

  it('sends what was typed meanwhile together, and a long paste in pieces of whole characters', async () => {
    const { transport, box, frames } = await scriptedSockets({
      onFrame: (server, frame) => {
        if (isOpening(frame)) start(server, frame);
        if (frame.type === 'close_stdin') server.say({ type: 'exit', exit_code: 0 });
      },
    });
    const command = startCommand(transport, box, { command: 'cat', close_stdin: false });
    const paste = `x${'\u{1F600}'.repeat(40_000)}`;
    await Promise.all(['t', 'y', 'p', 'e', 'd'].map((key) => command.write(key)));
    await command.write(paste);
    command.closeInput();
    await command.exited();
    const inputs = frames.filter(({ type }) => type === 'input');
    expect(inputs[0]).toMatchObject({ data: 'typed' });
    expect(inputs).toHaveLength(4);
    expect(inputs.every(({ data }) => Buffer.from(data as string).toString() === data)).toBe(true);
    expect(textOf(inputs)).toBe(`typed${paste}`);
  });

  it('says how much of its output was lost while there was no connection', async () => {
    const { transport, box } = await scriptedSockets({
      onFrame: (server, frame) => {
        if (!isOpening(frame)) return;
        start(server, frame);
        if (frame.type === 'execute') {
          server.say({ type: 'stdout', data: 'first', offset: 0 });
          setImmediate(() => server.socket.close(1011));
        } else {
          server.say({ type: 'stdout', data: 'later', offset: 100 });
          server.say({ type: 'stdout', data: 'last', offset: 105 });
          server.say({ type: 'exit', exit_code: 0 });
        }
      },
    });
    const command = startCommand(transport, box, { command: 'x' }, { persistence: eager });
    const heard: unknown[] = [];
    for await (const { data, missing } of command.output()) heard.push([data, missing]);
    expect(heard).toEqual([
      ['first', 0],
      ['later', 95],
      ['last', 0],
    ]);
  });

  it('is looked for where its sandbox is by then, and given up when that says so', async () => {
    const broken = await scriptedSockets({
      onFrame: (server, frame) => {
        if (!isOpening(frame)) return;
        start(server, frame);
        setImmediate(() => server.socket.close(1011));
      },
    });
    const states: string[] = [];
    const moved = await scriptedSockets({
      onFrame: (server, frame) => {
        if (frame.type !== 'reconnect') return;
        start(server, frame);
        server.say({ type: 'exit', exit_code: 4 });
      },
    });
    const follow = (relocate: () => Promise<{ transport: Transport; box: { id: string } }>): Command =>
      startCommand(
        broken.transport,
        broken.box,
        { command: 'x' },
        { persistence: eager, relocate, onLine: (state) => states.push(state) },
      );
    expect(await follow(() => Promise.resolve(moved)).exited()).toBe(4);
    expect(states).toEqual(['attached', 'lost', 'attached']);
    const stopped = new Error('It was stopped');
    await expect(follow(() => Promise.reject(stopped)).exited()).rejects.toBe(stopped);
  });
});

function textOf(inputs: SeenFrame[]): string {
  return inputs.map(({ data }) => data as string).join('');
}
