import { FileError } from '../files/file-error';
import type { Run } from '../outcome';
import type { Change } from './compare';
import type { Side, TreeEntry } from './tree';

/**
 * Why a content is not at hand.
 * - `binary`: it is no text
 * - `large`: of one file
 * - `too-much`: of all together
 * - `unreadable`: the sandbox did not give it
 */
export type LeftOut = 'binary' | 'large' | 'too-much' | 'unreadable';
export type Content = Uint8Array | LeftOut;

export interface ContentLimits {
  readonly fileBytes: number;
  readonly allBytes: number;
}

export const usualLimits: ContentLimits = { fileBytes: 1024 ** 2, allBytes: 50 * 1024 ** 2 };

const atOnce = 4;

/** What was before, of all that has another content now. */
export function contentsBefore(
  side: Side,
  changes: readonly Change[],
  run: Run,
  limits = usualLimits,
): Promise<Map<string, Content>> {
  const wanted = changes.flatMap(({ path, before, isModeOnly }) =>
    before && !isModeOnly ? [[path, before] as const] : [],
  );
  return contentsOf(side, wanted, limits, run);
}

/** What is now, of all that had another content before. */
export function contentsAfter(
  side: Side,
  changes: readonly Change[],
  run: Run,
  limits = usualLimits,
): Promise<Map<string, Content>> {
  const wanted = changes.flatMap(({ path, after, isModeOnly }) =>
    after && !isModeOnly ? [[path, after] as const] : [],
  );
  return contentsOf(side, wanted, limits, run);
}

/** What files and links of a tree hold, a few at a time; of what is no text or too large, why not. */
export async function contentsOf(
  side: Side,
  wanted: readonly (readonly [path: string, entry: TreeEntry])[],
  { fileBytes, allBytes }: ContentLimits,
  { signal, onStep }: Run,
): Promise<Map<string, Content>> {
  const contents = new Map<string, Content>();
  const waiting = wanted.filter(([, { kind }]) => kind === 'file' || kind === 'link');
  const of = waiting.length;
  let bytesLeft = allBytes;
  const inTurn = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      signal.throwIfAborted();
      const [path, { kind, size }] = next;
      if (size > fileBytes) contents.set(path, 'large');
      else if (size > bytesLeft) contents.set(path, 'too-much');
      else {
        bytesLeft -= size;
        contents.set(path, textOnly(await side.content(path, kind, signal).catch(unlessRefused)));
      }
      onStep({ kind: 'counting', ended: contents.size, of });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, inTurn));
  return contents;
}

/** Git's own rule. */
function textOnly(content: Content): Content {
  return typeof content === 'string' || !content.includes(0) ? content : 'binary';
}

function unlessRefused(error: unknown): LeftOut {
  if (error instanceof FileError) return 'unreadable';
  throw error;
}
