import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import net, { type Socket } from 'node:net';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { agentFrame, readAgentFrames } from '../../../../src/local/ssh-agent/agent-frames';
import {
  forwardAgent,
  type AgentHolder,
  type ForwardedAgent,
  type HeldAgent,
} from '../../../../src/local/ssh-agent/forwarded-agent';
import { agentExecutable } from '../../../../src/local/engine/ssh-agent/agent';
import { programTargets } from '../fixture/sandbox-programs';
import { temporaryFolder } from '../fixture/temporary-folder';

/** Answers every request with itself, behind a mark, and keeps what it sees. */
function echo(
  mark: string,
  voice: () => HeldAgent,
): AgentHolder & { heard: [number, string][]; over: number[] } {
  const heard: [number, string][] = [];
  const over: number[] = [];
  return {
    heard,
    over,
    said: (channel, bytes) => {
      heard.push([channel, bytes.toString()]);
      voice().answer(channel, Buffer.concat([Buffer.from(mark), bytes]));
      return Promise.resolve();
    },
    ended: (channel) => void over.push(channel),
  };
}

describe.each(programTargets)('an agent for $architecture', ({ architecture, runner }) => {
  let socketPath: string;
  let program: string;
  let child: ChildProcessByStdio<Writable, Readable, null>;
  let agent: ForwardedAgent;

  beforeEach(async () => {
    const folder = temporaryFolder();
    program = path.join(folder, 'agent');
    socketPath = path.join(folder, 'agent.sock');
    writeFileSync(program, agentExecutable(architecture), { mode: 0o755 });
    child = start(socketPath);
    const frames = readAgentFrames(child.stdout);
    expect((await frames.next()).value).toMatchObject({ channel: 0, length: 0 });
    agent = forwardAgent(frames, {
      write: (bytes) => void child.stdin.write(bytes),
      get waiting() {
        return child.stdin.writableLength;
      },
    });
  });

  const start = (listenAt: string): typeof child => {
    const [command, ...args] = [...runner, program, listenAt];
    const started = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    onTestFinished(() => void started.kill('SIGKILL'));
    return started;
  };
  const connected = async (): Promise<Socket> => {
    const socket = net.connect(socketPath);
    socket.on('error', () => undefined); // where it matters, its close tells
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    return socket;
  };
  const held = (
    mark: string,
    place: 'first' | 'last' = 'first',
  ): ReturnType<typeof echo> & { voice: HeldAgent } => {
    const holder = echo(mark, () => result.voice);
    const result = Object.assign(holder, { voice: agent.hold(holder, place) });
    return result;
  };
  const ask = async (socket: Socket, question: string): Promise<string> => {
    socket.write(question);
    return String((await once(socket, 'data'))[0]);
  };

  it('hands what is said on its socket to the holder, and the answers back, each connection by itself', async () => {
    const holder = held('re:');
    const [one, other] = [await connected(), await connected()];
    expect(await ask(other, 'first')).toBe('re:first');
    expect(await ask(one, 'second')).toBe('re:second');
    expect(await ask(other, 'third')).toBe('re:third');
    expect(holder.heard).toEqual([
      [2, 'first'],
      [1, 'second'],
      [2, 'third'],
    ]);
    one.end();
    await expect.poll(() => holder.over).toEqual([1]);
    holder.voice.end(2);
    await once(other, 'close');
    expect(holder.over, 'what it ended itself it is not told').toEqual([1]);
  });

  it('carries an answer of a megabyte to a program that reads late', async () => {
    const answer = Buffer.alloc(1024 * 1024, 'abcdefg');
    const voice = agent.hold(
      {
        said: (channel) => {
          voice.answer(channel, answer);
          voice.end(channel);
          return Promise.resolve();
        },
        ended: () => undefined,
      },
      'first',
    );
    const socket = await connected();
    socket.pause();
    socket.write('?');
    await expect.poll(() => socket.readableLength + socket.bytesRead).toBeGreaterThan(0);
    expect((await buffer(socket)).equals(answer)).toBe(true);
  });

  it('turns away who connects while nobody holds it, and asks the newest holder', async () => {
    held('gone:').voice.release();
    const alone = await connected();
    alone.write('anybody?');
    expect(await text(alone)).toBe('');

    const earlier = held('earlier:');
    const first = await connected();
    expect(await ask(first, 'x')).toBe('earlier:x');
    const later = held('later:');
    await once(first, 'close');
    expect(earlier.over, 'its channel ended with its turn').toEqual([2]);
    const second = await connected();
    expect(await ask(second, 'y')).toBe('later:y');
    earlier.voice.answer(3, Buffer.from('of no effect'));
    expect(await ask(second, 'z')).toBe('later:z');
    later.voice.release();
    await once(second, 'close');
    expect(await ask(await connected(), 'w'), 'the one before is still there').toBe('earlier:w');
    earlier.voice.release();
    const last = await connected();
    last.write('anybody?');
    expect(await text(last)).toBe('');
    expect([earlier.heard.length, later.heard.length]).toEqual([2, 2]);
  });

  it('asks who only came back when no other is left, or the other has no agent', async () => {
    const main = held('main:');
    held('other:', 'last');
    expect(await ask(await connected(), 'x')).toBe('main:x');
    main.voice.release();
    expect(await ask(await connected(), 'y')).toBe('other:y');
    const without: HeldAgent = agent.hold(
      {
        said: (channel) => {
          without.end(channel);
          return Promise.resolve();
        },
        ended: () => undefined,
      },
      'first',
    );
    const refused = await connected();
    refused.write('?');
    expect(await text(refused)).toBe('');
    expect(await ask(await connected(), 'z')).toBe('other:z');
  });

  it('a holder that takes no more does not keep the next one from being asked', async () => {
    let isAsked = false;
    agent.hold(
      {
        said: () => {
          isAsked = true;
          return new Promise(() => undefined);
        },
        ended: () => undefined,
      },
      'first',
    );
    const stuck = await connected();
    stuck.write('?');
    await expect.poll(() => isAsked).toBe(true);
    held('next:');
    await once(stuck, 'close');
    expect(await ask(await connected(), 'x')).toBe('next:x');
  });

  it('lets further connections wait while it has as many as it can', async () => {
    held('');
    const all = await Promise.all(Array.from({ length: 32 }, connected));
    for (const [at, socket] of all.entries()) expect(await ask(socket, `${at}`)).toBe(`${at}`);
    const further = await connected();
    let answer = '';
    further.on('data', (bytes: Buffer) => (answer += bytes.toString())).write('me too');
    expect(await ask(all[5]!, 'still')).toBe('still');
    expect(answer).toBe('');
    all[9]!.destroy();
    await expect.poll(() => answer).toBe('me too');
  });

  it('drops what is said to a channel that is over, or never was', async () => {
    held('');
    const socket = await connected();
    expect(await ask(socket, 'a')).toBe('a');
    for (const bytes of [Buffer.from('nobody'), undefined]) child.stdin.write(agentFrame(77, bytes));
    child.stdin.write(agentFrame(0));
    expect(await ask(socket, 'b')).toBe('b');
  });

  it('may be used by its own user alone, and takes its socket away with the end of its input', async () => {
    const holder = held('');
    expect((statSync(socketPath).mode & 0o777).toString(8)).toBe('600');
    const socket = await connected();
    await ask(socket, 'x');
    child.stdin.end();
    await once(child, 'exit');
    expect([child.exitCode, existsSync(socketPath)]).toEqual([0, false]);
    await expect.poll(() => holder.over).toEqual([1]);
  });

  it('tells why it can not listen', async () => {
    const taken = start(socketPath);
    const said = await buffer(taken.stdout);
    expect([said.readInt32LE(0), said.readInt32LE(4)]).toEqual([0, -98]); // EADDRINUSE
    expect(existsSync(socketPath), 'the other one’s').toBe(true);
    const nowhere = await buffer(start(path.join(socketPath, 'no/where')).stdout);
    expect(nowhere.readInt32LE(4)).toBeLessThan(0);
  });
});

it('is refused for an engine it is not made for', () => {
  expect(() => agentExecutable('riscv64')).toThrow('There is no SSH agent for riscv64.');
});
