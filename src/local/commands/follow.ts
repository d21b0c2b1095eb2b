import { orAborted } from '../abort';
import { orphans, wholeCharacters } from './characters';
import type { Command, Outcome } from './command';
import { streamNames, type Offsets, type Output, type StreamName } from './output';

/** What a client that is attached to a command gets to know, in this order. */
export type Progress =
  | ({ kind: 'bytes' } & Piece)
  | { kind: 'end'; stream: StreamName; offset: number }
  /** The command waits until its output is acknowledged. */
  | { kind: 'full' }
  /** Nothing for `quietMs`. */
  | { kind: 'quiet' }
  /** Last. */
  | { kind: 'outcome'; outcome: Outcome };

export interface FollowOptions {
  /** Already had. Less than is kept means from the oldest byte, more than there is from the end. */
  from: Offsets;
  /** Whole characters only: what has a part of one at its end waits for the rest. */
  isText: boolean;
  /** What is acknowledged is not kept for it: a reader who acknowledges comes back on another connection. */
  acknowledges: boolean;
  quietMs?: number;
  signal: AbortSignal;
}

interface Piece {
  stream: StreamName;
  offset: number;
  bytes: Buffer;
}

const mostBytes = 64 * 1024;
/** The longest that a timer of Node can wait. */
const mostMs = 2 ** 31 - 1;

/**
 * Attaches to a command until it has ended and all was read, or the reader leaves, or the signal aborts. What the reader
 * asked to go on from counts as read. The command waits for a slow reader.
 */
export async function* follow(command: Command, options: FollowOptions): AsyncGenerator<Progress> {
  const { output } = command;
  const { signal, quietMs = mostMs } = options;
  const at = {
    stdout: Math.min(options.from.stdout, output.rings.stdout.end),
    stderr: Math.min(options.from.stderr, output.rings.stderr.end),
  };
  const told = new Set<StreamName>();
  const detach = command.attach();
  const letGo = output.hold(at, { unlessAcknowledged: options.acknowledges });
  let last: StreamName = 'stderr';
  let spokeAt = performance.now();
  try {
    for (;;) {
      const changed = output.bell.next();
      const streams: readonly StreamName[] = last === 'stdout' ? [...streamNames].reverse() : streamNames;
      const piece = streams.map((stream) => nextPiece(output, stream, at, options)).find((found) => found);
      const ended = streams.find((stream) => isAtEnd(output, stream, at) && !told.has(stream));
      if (piece) {
        yield { kind: 'bytes', ...piece };
        last = piece.stream;
        at[last] = piece.offset + piece.bytes.length;
        output.bell.ring();
      } else if (ended) {
        told.add(ended);
        yield { kind: 'end', stream: ended, offset: at[ended] };
      } else if (command.outcome) {
        yield { kind: 'outcome', outcome: command.outcome };
        return;
      } else {
        if (output.needsAcknowledgement) yield { kind: 'full' };
        if (await happensBy(spokeAt + quietMs, changed, signal)) continue;
        yield { kind: 'quiet' };
      }
      spokeAt = performance.now();
      signal.throwIfAborted();
    }
  } finally {
    letGo();
    detach();
  }
}

function nextPiece(
  output: Output,
  stream: StreamName,
  at: Offsets,
  { isText }: FollowOptions,
): Piece | undefined {
  const ring = output.rings[stream];
  const offset = Math.min(Math.max(at[stream], ring.start), ring.end);
  const bytes = ring.read(offset, mostBytes);
  if (!isText) return bytes.length > 0 ? { stream, offset, bytes } : undefined;
  const isLast = output.isClosed(stream) && offset + bytes.length === ring.end;
  const cut = offset > at[stream] ? orphans(bytes) : 0;
  const skipped = isLast && cut === bytes.length ? 0 : cut;
  const whole = bytes.subarray(skipped, isLast ? bytes.length : wholeCharacters(bytes));
  return whole.length > 0 ? { stream, offset: offset + skipped, bytes: whole } : undefined;
}

function isAtEnd(output: Output, stream: StreamName, at: Offsets): boolean {
  return output.isClosed(stream) && at[stream] >= output.rings[stream].end;
}

/** `moment`: as `performance.now()` counts. */
async function happensBy(moment: number, change: Promise<void>, signal: AbortSignal): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), moment - performance.now());
  });
  try {
    return await orAborted(Promise.race([change.then(() => true), late]), signal);
  } finally {
    clearTimeout(timer);
  }
}
