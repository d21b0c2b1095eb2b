import { ApiError } from '../errors';
import type { Closing, Line, LineLimits } from '../network/line';
import { defaultTimeoutMs, type Transport } from '../transport';
import type { ExecuteFrame, OutputStream, StartedFrame } from '../wire/command-frames';
import type { Outbox } from './outbox';
import type { OutputChannel } from './output-channel';
import { Persistence, type PersistenceLimits } from '../persistence';
import { failureOfFrame, readServerFrame } from './server-frame';
import type { StreamPosition } from './stream-position';

export interface Following {
  transport: Transport;
  /** `…/execute/ws` */
  url: string;
  commandId: string;
  /** Absent for a command that runs already. */
  execute?: ExecuteFrame;
  positions: Record<OutputStream, StreamPosition>;
  outbox: Outbox;
  output: OutputChannel;
  onStarted: (frame: StartedFrame) => void;
  /** Ends the following; the command goes on. */
  signal: AbortSignal;
  lineLimits?: LineLimits;
  persistence?: PersistenceLimits;
}

/**
 * Follows one command to its end, over as many connections as it takes, and gives its exit code.
 * Until the server says that it has started, the same `execute` is sent again: its id makes it one command.
 * @throws {ApiError} the server ended it, refused, or could not be reached any more
 */
export async function follow(following: Following): Promise<number> {
  const persistence = new Persistence(following.persistence);
  let isStarted = following.execute === undefined;
  for (;;) {
    following.signal.throwIfAborted();
    let line: Line | undefined;
    try {
      line = await connect(following, persistence.leftMs);
      const end = await attend(line, following, isStarted, () => {
        isStarted = true;
        persistence.reset();
      });
      if ('exitCode' in end) return end.exitCode;
      following.signal.throwIfAborted();
      const broken = lost(following, end);
      await persistence.next(broken, { isReload: end.code === 1001, signal: following.signal });
    } catch (failure) {
      if (line !== undefined || following.signal.aborted) throw failure;
      await persistence.next(failure, { signal: following.signal });
    } finally {
      following.outbox.detach();
      line?.close();
    }
  }
}

function connect({ transport, url, signal, lineLimits }: Following, leftMs: number): Promise<Line> {
  const timeoutMs = Math.min(defaultTimeoutMs, Math.max(1, leftMs));
  return transport.line(url, { signal, timeoutMs, limits: lineLimits });
}

/** One connection, until the command or the connection ends. `onReached` is called for each sign of the command. */
async function attend(
  line: Line,
  { commandId, execute, positions, outbox, output, onStarted, signal, url }: Following,
  isStarted: boolean,
  onReached: () => void,
): Promise<{ exitCode: number } | Closing> {
  const opening =
    !isStarted && execute
      ? execute
      : {
          type: 'reconnect',
          command_id: commandId,
          stdout_offset: positions.stdout.resume(),
          stderr_offset: positions.stderr.resume(),
        };
  await line.send(JSON.stringify(opening)).catch(() => undefined);
  const late = setTimeout(() => line.terminate(), defaultTimeoutMs);
  try {
    const messages = line.messages();
    for (;;) {
      const message = await messages.next();
      if (message.done) return message.value;
      const frame = readServerFrame(message.value.toString());
      if (!frame) continue;
      switch (frame.type) {
        case 'started':
          // One that names another command acknowledges nothing of ours.
          if (frame.command_id !== commandId) break;
          clearTimeout(late);
          onReached();
          onStarted(frame);
          outbox.attach(line);
          break;
        case 'stdout':
        case 'stderr': {
          clearTimeout(late);
          onReached();
          outbox.attach(line);
          const data = positions[frame.type].accept(frame.data, frame.offset);
          if (data !== '') await output.push({ stream: frame.type, data, offset: frame.offset }, signal);
          break;
        }
        case 'exit':
          return { exitCode: frame.exit_code };
        case 'error':
          throw failureOfFrame(frame, new URL(url).pathname);
      }
    }
  } finally {
    clearTimeout(late);
  }
}

function lost({ url }: Following, { code, reason }: Closing): ApiError {
  const words = `The connection to the command broke (${code}${reason ? `: ${reason}` : ''})`;
  return new ApiError(words, { kind: 'ambiguous', method: 'GET', path: new URL(url).pathname });
}
