import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';
import { FileError } from './file-error';
import type { Entry } from './list';
import type { FileAt, SandboxFiles } from './sandbox-files';
import { packedAcross } from './transfer/packed-across';

type Files = Pick<
  SandboxFiles,
  'within' | 'stat' | 'list' | 'read' | 'write' | 'makeFolder' | 'remove' | 'rename'
>;

export interface AcrossOptions {
  /** What stands there already goes, once the copy is whole. */
  readonly overwrite: boolean;
  /** The source is to go: nothing is copied unless all of it goes across as it is. */
  readonly isMove?: boolean;
}

interface Part {
  /** Below the source; empty for itself. */
  readonly name: string;
  readonly kind: 'file' | 'folder';
}

/**
 * From one sandbox to another, through this machine: in one stream, as it is, where both have `tar`. Else file by file:
 * modes are lost then, and links to folders, which may lead round in circles, and devices are left out of a copy.
 * Throws FileError: `stays` for what can't be moved.
 */
export async function copyAcross(
  files: Files,
  from: FileAt,
  to: FileAt,
  { overwrite, isMove = false }: AcrossOptions,
): Promise<void> {
  const { kind, isLink } = await files.stat(from);
  const before = await kindAt(files, to);
  if (before && !overwrite) throw new FileError('exists', to.path);
  if (await isPackedAcross(files, from, to, { overwrite, isMove })) return;
  const parts = await partsOf(files, from, { name: '', kind, isLink: isLink && isMove }, isMove);
  if (parts.length === 0) throw new FileError('stays', from.path);
  if (kind !== 'folder' && before !== 'folder') {
    await copyParts(files, from, to, parts);
    return;
  }
  const beside = { ...to, path: besidePath(to.path) };
  try {
    await copyParts(files, from, beside, parts);
    await files.rename(beside, to, overwrite);
  } catch (error) {
    await files.remove(beside, true).catch(() => undefined); // The first failure is the one to tell.
    throw error;
  }
}

function isPackedAcross(
  files: Files,
  from: FileAt,
  to: FileAt,
  options: Required<AcrossOptions>,
): Promise<boolean> {
  return files.within(from.id, (source) =>
    files.within(to.id, (target) =>
      source.programs.either(
        async () => {
          const paths = [
            { place: source, path: from.path },
            { place: target, path: to.path },
          ] as const;
          await packedAcross(...paths, besidePath(to.path), options);
          return true;
        },
        () => Promise.resolve(false),
      ),
    ),
  );
}

async function kindAt(files: Files, at: FileAt): Promise<Entry['kind'] | undefined> {
  try {
    return (await files.stat(at)).kind;
  } catch (error) {
    if (error instanceof FileError && error.problem === 'not-found') return undefined;
    throw error;
  }
}

/** Folders before what they hold. */
async function partsOf(
  files: Files,
  from: FileAt,
  entry: Omit<Entry, 'size'>,
  isMove: boolean,
): Promise<Part[]> {
  const { name, kind, isLink } = entry;
  const at = { ...from, path: posix.join(from.path, name) };
  const goesAcross = kind === 'file' || (kind === 'folder' && !isLink);
  if (isMove && (isLink || !goesAcross)) throw new FileError('stays', at.path);
  if (!goesAcross) return [];
  const parts: Part[] = [{ name, kind }];
  if (kind === 'file') return parts;
  const { entries, isCut } = await files.list(at);
  if (isCut) throw new FileError('cut', at.path);
  for (const below of entries) {
    const inside = { ...below, name: posix.join(name, below.name) };
    parts.push(...(await partsOf(files, from, inside, isMove)));
  }
  return parts;
}

async function copyParts(files: Files, from: FileAt, to: FileAt, parts: readonly Part[]): Promise<void> {
  for (const { name, kind } of parts) {
    const [source, target] = [from, to].map((at) => ({ ...at, path: posix.join(at.path, name) }));
    if (!source || !target) continue;
    if (kind === 'folder') await files.makeFolder(target);
    else await copyFile(files, source, target);
  }
}

async function copyFile(files: Files, from: FileAt, to: FileAt): Promise<void> {
  const flags = { create: true, overwrite: true };
  await files.write(to, await files.read(from), flags, () => Promise.resolve(true));
}

function besidePath(path: string): string {
  return posix.join(posix.dirname(path), `.langsmith-copy-${randomBytes(8).toString('hex')}`);
}
