import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import { FileError } from '../files/file-error';
import type { Place } from '../files/programs';
import { readBy } from '../files/read';

const atOnce = 4;

export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Of files of a sandbox without programs, a few at a time and as they arrive; undefined for what can't be read. */
export async function digestsOfRead(
  place: Place,
  root: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<(string | undefined)[]> {
  const found: (string | undefined)[] = paths.map(() => undefined);
  const waiting = [...paths.entries()];
  const inTurn = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      signal.throwIfAborted();
      const [at, path] = next;
      await place.stillRuns();
      const read = readBy(place, posix.join(root, path), digestOfAll, { signal });
      found[at] = await read.then(({ taken }) => taken, unlessRefused);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, inTurn));
  return found;
}

async function digestOfAll(body: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const bytes of body) hash.update(bytes);
  return hash.digest('hex');
}

function unlessRefused(error: unknown): undefined {
  if (!(error instanceof FileError)) throw error;
}
