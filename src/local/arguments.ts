import { parseArgs } from 'node:util';
import { parseImageReference } from './image-reference';
import { messageOf } from './message-of';

export interface Arguments {
  host: string;
  /** 0: any free one. */
  port: number;
  /** The user's own folder when absent. */
  dataDir?: string;
  /** Looked for when absent. */
  engine?: string;
  /** What sandboxes are made from whose request names no snapshot. */
  defaultImage?: string;
  /** Seconds without use after which the server ends. Never when absent. */
  linger?: number;
  sealKeyFromStdin: boolean;
  /** Whether to keep containers and commands started ahead of time. */
  spares: boolean;
}

/** `message` is one sentence for the person who typed them. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `Usage: node local-server.js [options]

Serves the LangSmith sandbox API on the container engine of this machine. When ready, it prints one line of JSON:
{"endpoint":"http://127.0.0.1:PORT","api_key":"…"}

  --host HOST            address to listen on (127.0.0.1); whoever reaches another one needs the key, and it is not
                         encrypted on its way
  --port PORT            port to listen on; 0 takes a free one (0)
  --data-dir DIR         where its state is kept (a folder of the user's own)
  --engine URL           the container engine, such as unix:///var/run/docker.sock (it is looked for)
  --default-image IMAGE  what sandboxes are made from that are created without a snapshot (nothing)
  --linger SECONDS       end when nothing has used the server for so long (never)
  --no-spares            start nothing ahead of time: slower, and only the sandboxes themselves take memory
  --seal-key-stdin       read the key that seals stored secrets from standard input: 32 bytes, one base64 line
  --help                 this text

The API key is taken from LANGSMITH_API_KEY, or made.
Exit codes: 0 ended as asked, 2 wrong arguments, 3 no container engine, 4 the data directory is in use.
`;

/** `help` when that is asked for. Throws UsageError. */
export function parseArguments(args: string[]): Arguments | 'help' {
  const values = parse(args);
  if (values.help) return 'help';
  return {
    host: nonEmpty('--host', values.host) ?? '127.0.0.1',
    port: wholeNumber('--port', values.port, 65_535) ?? 0,
    dataDir: nonEmpty('--data-dir', values['data-dir']),
    engine: nonEmpty('--engine', values.engine),
    defaultImage: imageName('--default-image', values['default-image']),
    linger: wholeNumber('--linger', values.linger, 7 * 24 * 3600),
    sealKeyFromStdin: values['seal-key-stdin'] ?? false,
    spares: !values['no-spares'],
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        host: { type: 'string' },
        port: { type: 'string' },
        'data-dir': { type: 'string' },
        engine: { type: 'string' },
        'default-image': { type: 'string' },
        linger: { type: 'string' },
        'no-spares': { type: 'boolean' },
        'seal-key-stdin': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    const [sentence] = messageOf(error).split(/\. |\n/);
    throw new UsageError(`${sentence ?? 'These arguments are not understood'}. See --help.`);
  }
}

function nonEmpty(name: string, text: string | undefined): string | undefined {
  if (text === '') throw new UsageError(`${name} needs a value. See --help.`);
  return text;
}

function imageName(name: string, text: string | undefined): string | undefined {
  if (text === undefined || parseImageReference(text)) return text;
  throw new UsageError(`${name} must be an image such as "python:3.13", not "${text}". See --help.`);
}

function wholeNumber(name: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(`${name} must be a whole number from 0 to ${most}, not "${text}". See --help.`);
}
