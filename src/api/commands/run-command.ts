import { ApiError } from '../errors';
import type { Transport } from '../transport';
import type { Box } from '../types';
import type { ExecuteReply } from '../wire/dataplane';
import { startCommand, type Command, type CommandRequest, type FollowOptions } from './command';

/** Characters of output that are kept; a command that says more is killed. */
const mostOutput = 64 * 1024 * 1024;

/** How long a command that nobody waits for any more is tried to be killed. */
const killWithinMs = 15_000;

/**
 * Runs a command to its end over a WebSocket, and gives all it said.
 * Aborting the signal rejects at once, and the command is killed behind it.
 */
export async function runCommand(
  transport: Transport,
  box: Pick<Box, 'id' | 'dataplane_url'>,
  request: CommandRequest,
  { signal, mostOutputLength = mostOutput, ...options }: FollowOptions & { mostOutputLength?: number } = {},
): Promise<ExecuteReply> {
  signal?.throwIfAborted();
  const giveUp = new AbortController();
  const command = startCommand(transport, box, request, { ...options, signal: giveUp.signal });
  const collected = collect(command, mostOutputLength);
  collected.catch(() => undefined);
  const killBehind = (): void => {
    const late = setTimeout(() => giveUp.abort(signal?.reason), killWithinMs);
    void command
      .kill()
      .catch(() => undefined)
      .finally(() => clearTimeout(late));
  };
  if (!signal) return collected;
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => {
      killBehind();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([collected, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

async function collect(command: Command, mostOutputLength: number): Promise<ExecuteReply> {
  const parts = { stdout: [] as string[], stderr: [] as string[] };
  let length = 0;
  for await (const { stream, data } of command.output()) {
    parts[stream].push(data);
    length += data.length;
    if (length > mostOutputLength) {
      void command.kill().catch(() => undefined);
      throw new ApiError(`The command said more than ${mostOutputLength} characters; write it into a file`, {
        kind: 'invalid',
        errorType: 'OutputTooLarge',
        method: 'GET',
        path: '/execute/ws',
      });
    }
  }
  return { stdout: parts.stdout.join(''), stderr: parts.stderr.join(''), exit_code: await command.exited() };
}
