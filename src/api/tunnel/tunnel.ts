import type { Duplex } from 'node:stream';
import { abortable } from '../abortable';
import { dataplaneUrl } from '../dataplane';
import { Deadline } from '../deadline';
import { ApiError, type ApiErrorKind } from '../errors';
import { failureOfThrown } from '../failure';
import type { LineLimits } from '../network/line';
import { defaultTimeoutMs, type CallOptions, type Transport } from '../transport';
import type { Box } from '../types';
import { YamuxSession } from './yamux-session';

/** TCP connections to ports in a sandbox, over one WebSocket that is opened when it is needed. */
export interface Tunnel {
  /**
   * A connection to a port; its end may be closed by half. `timeoutMs` bounds its making.
   * @throws {ApiError} `errorType` says how the sandbox refused: `PortNotAllowed`, `DialFailed`, `BadVersion`
   */
  connect(port: number, options?: CallOptions): Promise<Duplex>;
  /** Resets what is open. */
  close(): void;
}

const version = 1;

/** The status byte that answers a connection's port (the tunnel's own protocol, inside yamux). */
const refusals: Readonly<Record<number, { errorType: string; kind: ApiErrorKind; message: string }>> = {
  1: { errorType: 'PortNotAllowed', kind: 'forbidden', message: 'The sandbox does not allow this port' },
  2: { errorType: 'DialFailed', kind: 'unavailable', message: 'Nothing listens on this port in the sandbox' },
  3: { errorType: 'BadVersion', kind: 'server', message: 'The sandbox speaks another version of the tunnel' },
};

export function openTunnel(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  { limits }: { limits?: LineLimits } = {},
): Tunnel {
  const url = `${dataplaneUrl(transport, box)}/tunnel`;
  const call = { method: 'GET', path: new URL(url).pathname };
  const closing = new AbortController();
  let session: Promise<YamuxSession> | undefined;
  let isClosed = false;
  let current: YamuxSession | undefined;

  /** One attempt at a time, shared by those who wait for it; it is nobody's to abort but the tunnel's. */
  const reach = async (): Promise<YamuxSession> => {
    if (session && !(await session).isOver) return session;
    const opening = transport.line(url, { signal: closing.signal, limits }).then((line) => {
      current = new YamuxSession(line);
      return current;
    });
    session = opening;
    opening.catch(() => {
      if (session === opening) session = undefined;
    });
    return opening;
  };

  return {
    connect: async (port, { signal, timeoutMs = defaultTimeoutMs } = {}) => {
      using deadline = new Deadline(timeoutMs, signal);
      try {
        if (isClosed) throw new Error('The tunnel was closed');
        return await greet(await abortable(reach(), deadline.signal), port, deadline.signal, call);
      } catch (thrown) {
        throw failureOfThrown(call, thrown, deadline.signal, timeoutMs);
      }
    },
    close: () => {
      isClosed = true;
      const reason = new Error('The tunnel was closed');
      if (!current) closing.abort(reason);
      else void current.close().finally(() => closing.abort(reason));
    },
  };
}

/** Says the port and reads the answer; what follows belongs to the connection. */
async function greet(
  session: YamuxSession,
  port: number,
  signal: AbortSignal,
  call: { method: string; path: string },
): Promise<Duplex> {
  const stream = session.open();
  const greeting = Buffer.alloc(3);
  greeting.writeUInt8(version, 0);
  greeting.writeUInt16BE(port, 1);
  stream.write(greeting);
  try {
    const status = await abortable(firstByte(stream), signal);
    if (status === 0) return stream;
    const { message, ...facts } = refusals[status] ?? {
      message: `The sandbox answered the tunnel with ${status}`,
      kind: 'server' as const,
    };
    throw new ApiError(message, { ...facts, ...call });
  } catch (failure) {
    stream.on('error', () => undefined).destroy();
    throw failure;
  }
}

async function firstByte(stream: Duplex): Promise<number> {
  for (;;) {
    const byte = stream.read(1) as Buffer | null;
    if (byte) return byte.readUInt8(0);
    if (stream.readableEnded) throw new Error('The stream ended without an answer');
    await new Promise<void>((resolve, reject) => {
      const settle = (): void => {
        stream.off('readable', settle).off('end', settle).off('error', fail).off('close', settle);
        if (stream.destroyed) reject(stream.errored ?? new Error('The stream ended without an answer'));
        else resolve();
      };
      const fail = (failure: Error): void => {
        settle();
        reject(failure);
      };
      stream.on('readable', settle).on('end', settle).on('error', fail).on('close', settle);
    });
  }
}
