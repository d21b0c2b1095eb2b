import { createParser } from 'eventsource-parser';
import type { Readable } from 'node:stream';
import type { OutputStream } from '../wire/command-frames';

/** What a stream of a command's events tells (`POST …/execute/stream/start` and `…/resume`). */
export type CommandEvent =
  | { type: 'started'; command_id: string; pid?: number }
  | { type: OutputStream; bytes: Buffer; offset: number }
  | { type: 'stream_end'; stream: OutputStream; offset: number }
  | { type: 'ack_required'; stdout_offset: number; stderr_offset: number }
  | { type: 'exit'; exit_code: number }
  | { type: 'error'; error?: string; error_type?: string };

/** An event beyond this ends the stream: no server that keeps to the wire sends one. */
const largestEvent = 16 * 1024 * 1024;

/** As they arrive; events of other kinds are left out. */
export async function* readCommandEvents(body: Readable): AsyncGenerator<CommandEvent, void> {
  const events: CommandEvent[] = [];
  const parser = createParser({
    maxBufferSize: largestEvent,
    onEvent: ({ event, data }) => {
      const read = readEvent(event ?? '', data);
      if (read) events.push(read);
    },
    onError: (failure) => body.destroy(failure),
  });
  const decoder = new TextDecoder();
  for await (const chunk of body as AsyncIterable<Buffer>) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    yield* events.splice(0);
  }
}

function readEvent(event: string, text: string): CommandEvent | undefined {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof data !== 'object' || data === null) return undefined;
  switch (event) {
    case 'stdout':
    case 'stderr': {
      const { data: encoded, offset } = data as { data: string; offset: number };
      return { type: event, bytes: Buffer.from(encoded, 'base64'), offset };
    }
    case 'started':
    case 'stream_end':
    case 'ack_required':
    case 'exit':
    case 'error':
      return { ...data, type: event } as CommandEvent;
    default:
      return undefined;
  }
}
