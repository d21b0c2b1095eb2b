import type { Command } from './command';
import type { Pulse } from '../pulse';
import { follow } from './follow';
import type { Offsets } from './output';

export interface EventStreamOptions {
  /** Everything below counts as acknowledged. */
  from: Offsets;
  /** Aborts when the client is gone. */
  gone: AbortSignal;
  /** Aborts when the server stops. */
  closing: AbortSignal;
  pulse: Pick<Pulse, 'quietMs'>;
}

/** One client of one command, as the text of an event stream. Ends with the command, or when it has to acknowledge. */
export async function* eventStream(command: Command, options: EventStreamOptions): AsyncGenerator<string> {
  const { from, gone, closing, pulse } = options;
  const sent = { ...from };
  command.output.acknowledge(from);
  yield event('started', { command_id: command.id, pid: command.pid });
  const progress = follow(command, {
    from,
    isText: false,
    acknowledges: true,
    quietMs: pulse.quietMs,
    signal: AbortSignal.any([gone, closing]),
  });
  try {
    for await (const step of progress) {
      switch (step.kind) {
        case 'quiet':
          yield ': alive\n\n';
          break;
        case 'bytes':
          sent[step.stream] = step.offset + step.bytes.length;
          yield event(step.stream, { offset: step.offset, data: step.bytes.toString('base64') });
          break;
        case 'end':
          yield event('stream_end', { stream: step.stream, offset: step.offset });
          break;
        case 'full':
          yield event('ack_required', { stdout_offset: sent.stdout, stderr_offset: sent.stderr });
          return;
        case 'outcome':
          yield event(step.outcome.type, withoutType(step.outcome));
      }
    }
  } catch (error) {
    if (!closing.aborted) throw error;
    yield event('error', { error: 'The local server stops.', error_type: 'ServerShuttingDown' });
  }
}

function event(name: string, data: object): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

function withoutType(frame: object): object {
  return { ...frame, type: undefined };
}
