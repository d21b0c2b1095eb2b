import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import net, { type AddressInfo, type Socket } from 'node:net';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createDialer } from '../../../../src/local/dial/dialer';
import { PortRefused } from '../../../../src/local/dial/relay-connection';
import { createRelay, type RelayProcess } from '../../../../src/local/dial/relay';
import { relayExecutable } from '../../../../src/local/engine/relay/relay';
import { programTargets } from '../fixture/sandbox-programs';
import { temporaryFolder } from '../fixture/temporary-folder';

const soon = (): AbortSignal => AbortSignal.timeout(25_000);

describe.each(programTargets)('a relay for $architecture', ({ architecture, runner }) => {
  let started: ReturnType<typeof spawn>[] = [];
  afterAll(() => started.forEach((each) => each.kill('SIGKILL')));

  let file: string;
  beforeEach(() => {
    started = [];
    file = path.join(temporaryFolder(), 'relay');
    writeFileSync(file, relayExecutable(architecture), { mode: 0o755 });
  });

  const open = (): Promise<RelayProcess> => {
    const [program, ...args] = [...runner, file] as [string];
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    started.push(child);
    return Promise.resolve({
      stdin: child.stdin,
      stdout: child.stdout,
      end: () => {
        child.stdin.destroy();
        child.stdout.destroy();
      },
    });
  };
  const dialing = (port: number): Promise<Duplex> => {
    const dialer = createDialer(open);
    onTestFinished(() => dialer.close());
    return dialer.dial('box', port, soon());
  };

  it('carries bytes both ways, and each way ends by itself', async () => {
    const port = await listening((socket) => void socket.resume().once('end', () => socket.end('and back')));
    const connection = await dialing(port);
    connection.end('there');
    expect(String(await buffer(connection))).toBe('and back');
  });

  // Under emulation it would be the emulator's forks that are tested.
  it.skipIf(runner.length > 0)(
    'carries megabytes both ways at a time while neither side waits for the other',
    async () => {
      const bytes = Buffer.alloc(4 * 1024 * 1024, 'abcdefg');
      let received: Promise<Buffer> | undefined;
      const port = await listening((socket) => {
        received = buffer(socket);
        socket.end(bytes);
      });
      const connection = await dialing(port);
      const back = buffer(connection);
      connection.end(bytes);
      expect((await back).equals(bytes)).toBe(true);
      expect((await received!).equals(bytes)).toBe(true);
    },
  );

  it('tells a port where nothing listens, and dials another one afterwards', async () => {
    const port = await listening((socket) => void socket.end('x'));
    const unused = await listening(() => undefined, { isClosed: true });
    const dialer = createDialer(open);
    await expect(dialer.dial('box', unused, soon())).rejects.toThrow(PortRefused);
    for (let round = 0; round < 3; round += 1) {
      const connection = await dialer.dial('box', port, soon());
      connection.end();
      expect(String(await buffer(connection))).toBe('x');
      await closed(connection);
    }
    expect(started).toHaveLength(1);
    dialer.close();
    expect(await exitCode(started[0]!)).toBe(0);
  });

  it('reaches a service that listens on ::1 alone', async () => {
    const port = await listening((socket) => void socket.end('six'), { host: '::1' });
    expect(String(await buffer(await dialing(port)))).toBe('six');
  });

  it('ends with its connection when that is given up, though the service reads nothing', async () => {
    let accepted: Socket | undefined;
    const port = await listening((socket) => void (accepted = socket.pause()));
    const connection = await dialing(port);
    const chunk = Buffer.alloc(1024 * 1024);
    for (let isTaken = true; isTaken;) isTaken = await takesWithin(connection, chunk, 200);
    connection.destroy();
    expect(await exitCode(started[0]!)).toBe(0);
    await once(accepted!.resume(), 'end');
  });

  it('tells a connection that the service broke off', async () => {
    const port = await listening((socket) => void socket.once('data', () => socket.resetAndDestroy()));
    const connection = await dialing(port);
    connection.write('?');
    await expect(buffer(connection)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('ends with a dial that is given up on its way, whose stream nobody has', async () => {
    const port = await listening((socket) => void socket.pipe(socket));
    const ended = vi.fn();
    const relay = createRelay(await open(), { free: () => undefined, ended });
    const giveUp = new AbortController();
    const dialing = relay.dial(port, giveUp.signal);
    giveUp.abort(new Error('enough'));
    await expect(dialing).rejects.toThrow('enough');
    await exitCode(started[0]!);
    expect(ended).toHaveBeenCalledTimes(1);
  });

  it('that dies breaks its connection off, and is replaced', async () => {
    const port = await listening((socket) => void socket.pipe(socket));
    const dialer = createDialer(open);
    onTestFinished(() => dialer.close());
    const connection = await dialer.dial('box', port, soon());
    started[0]!.kill('SIGKILL');
    await expect(buffer(connection)).rejects.toMatchObject({ code: 'ECONNRESET' });
    (await dialer.dial('box', port, soon())).destroy();
    expect(started).toHaveLength(2);
  });
});

interface Listening {
  host?: string;
  /** Its port is free again. */
  isClosed?: boolean;
}

async function listening(
  serve: (socket: Socket) => void,
  { host = '127.0.0.1', isClosed = false }: Listening = {},
): Promise<number> {
  const server = net.createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => undefined);
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  if (isClosed) await new Promise((resolve) => server.close(resolve));
  else onTestFinished(() => void server.close());
  return port;
}

async function closed(stream: Duplex): Promise<void> {
  if (!stream.closed) await once(stream, 'close');
}

async function exitCode(child: ReturnType<typeof spawn>): Promise<number | null> {
  if (child.exitCode === null) await once(child, 'exit');
  return child.exitCode;
}

/** Whether a full stream takes one more piece. */
function takesWithin(stream: Duplex, chunk: Buffer, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    stream.write(chunk, () => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
