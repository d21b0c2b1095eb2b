import { ApiError } from '../errors';
import type { Closing, Line, LineLimits } from '../network/line';
import { defaultTimeoutMs, type Transport } from '../transport';
import type { ExecuteFrame, OutputStream, StartedFrame } from '../wire/command-frames';
import type { Nudge } from '../nudge';
import type { AgentChannels } from './agent-channels';
import type { Outbox } from './outbox';
import type { OutputChannel } from './output-channel';
import { Persistence, persistence as persistenceLimits, type PersistenceLimits } from '../persistence';
import { failureOfFrame, readServerFrame } from './server-frame';
import type { StreamPosition } from './stream-position';

/** Where a command can be reached. */
export interface Place {
  transport: Transport;
  /** `…/execute/ws` */
  url: string;
}

export interface Following {
  place: Place;
  /** Asked before each further connection; what it throws ends the following, unless it may pass. */
  relocate?: (signal: AbortSignal) => Promise<Place>;
  /** Of the connection: `lost` is told once each time, before the pause and the next try. */
  onLine?: (state: 'attached' | 'lost') => void;
  nudge?: Nudge;
  commandId: string;
  /** Absent for a command that runs already. */
  execute?: ExecuteFrame;
  positions: Record<OutputStream, StreamPosition>;
  outbox: Outbox;
  agents: AgentChannels;
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
  // Until it has started, the same may be sent again: that must not be hours later.
  const beginning = new Persistence(withinMinutes(following.persistence), following.nudge);
  const lasting = new Persistence(following.persistence, following.nudge);
  let { place } = following;
  let isFurther = false;
  let isStarted = following.execute === undefined;
  for (;;) {
    following.signal.throwIfAborted();
    const persistence = isStarted ? lasting : beginning;
    let line: Line | undefined;
    try {
      if (isFurther) place = (await following.relocate?.(following.signal)) ?? place;
      isFurther = true;
      line = await connect(place, following, persistence.leftMs);
      const end = await attend(line, place, following, isStarted, () => {
        isStarted = true;
        lasting.reset();
      });
      if ('exitCode' in end) return end.exitCode;
      following.signal.throwIfAborted();
      following.onLine?.('lost');
      const broken = lost(place, end);
      await (isStarted ? lasting : beginning).next(broken, {
        isReload: end.code === 1001,
        signal: following.signal,
      });
    } catch (failure) {
      if (line !== undefined || following.signal.aborted) throw failure;
      following.onLine?.('lost');
      await persistence.next(failure, { signal: following.signal });
    } finally {
      following.outbox.detach();
      following.agents.detach();
      line?.close();
    }
  }
}

function withinMinutes(limits: PersistenceLimits = persistenceLimits): PersistenceLimits {
  return Number.isFinite(limits.budgetMs) ? limits : persistenceLimits;
}

function connect(
  { transport, url }: Place,
  { signal, lineLimits }: Following,
  leftMs: number,
): Promise<Line> {
  const timeoutMs = Math.min(defaultTimeoutMs, Math.max(1, leftMs));
  return transport.line(url, { signal, timeoutMs, limits: lineLimits });
}

/** One connection, until the command or the connection ends. `onReached` is called for each sign of the command. */
async function attend(
  line: Line,
  { url }: Place,
  { commandId, execute, positions, outbox, agents, output, onStarted, onLine, signal }: Following,
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
          agents.attach(line);
          onLine?.('attached');
          break;
        case 'stdout':
        case 'stderr': {
          clearTimeout(late);
          onReached();
          outbox.attach(line);
          const position = positions[frame.type];
          const missing = position.missing(frame.offset);
          const data = position.accept(frame.data, frame.offset);
          if (data === '') break;
          await output.push({ stream: frame.type, data, offset: frame.offset, missing }, signal);
          break;
        }
        case 'ssh_agent_data':
          agents.said(frame);
          break;
        case 'ssh_agent_close':
          agents.ended(frame);
          break;
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

function lost({ url }: Place, { code, reason }: Closing): ApiError {
  const words = `The connection to the command broke (${code}${reason ? `: ${reason}` : ''})`;
  return new ApiError(words, { kind: 'ambiguous', method: 'GET', path: new URL(url).pathname });
}
