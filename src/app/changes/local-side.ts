import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { FileKind } from '../files/kinds';
import { digestOf } from './digests';
import type { Side, TreeEntry } from './tree';

const hasPermissions = process.platform !== 'win32';

/** A folder of this machine. */
export function localSide(root: string): Side {
  const at = (name: string): string => path.join(root, name);
  return {
    list: async ({ signal }) => {
      const entries = new Map<string, TreeEntry>();
      let isPartial = false;
      const look = async (folder: string): Promise<void> => {
        signal.throwIfAborted();
        for (const name of await readdir(at(folder))) {
          const below = folder === '' ? name : `${folder}/${name}`;
          const entry = await entryAt(at(below)).catch(() => undefined); // It went meanwhile.
          if (!entry) continue;
          entries.set(below, entry);
          if (entry.kind === 'folder') {
            await look(below).catch((error: unknown) => {
              if (isGone(error)) entries.delete(below);
              else if (isRefusal(error)) isPartial = true;
              else throw error;
            });
          }
        }
      };
      await look('');
      return { entries, isPartial };
    },
    digests: async (names, signal) => {
      const found: (string | undefined)[] = [];
      for (const name of names) found.push(await digestAt(at(name), signal));
      return found;
    },
    content: async (name, kind, signal) =>
      kind === 'link' ? Buffer.from(await readlink(at(name))) : readFile(at(name), { signal }),
  };
}

async function entryAt(file: string): Promise<TreeEntry> {
  const stat = await lstat(file);
  const kind: FileKind = stat.isDirectory()
    ? 'folder'
    : stat.isSymbolicLink()
      ? 'link'
      : stat.isFile()
        ? 'file'
        : 'other';
  const permissions = hasPermissions ? stat.mode & 0o7777 : undefined;
  return { kind, size: stat.size, modifiedAt: Math.floor(stat.mtimeMs / 1000), permissions };
}

async function digestAt(file: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    if ((await lstat(file)).isSymbolicLink()) return digestOf(Buffer.from(await readlink(file)));
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash, { signal });
    return hash.digest('hex');
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

function isRefusal(error: unknown): boolean {
  return hasCode(error, ['EACCES', 'EPERM']);
}

/** What stands there now may be no folder any more. */
function isGone(error: unknown): boolean {
  return hasCode(error, ['ENOENT', 'ENOTDIR']);
}

function hasCode(error: unknown, codes: readonly unknown[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(error.code);
}
