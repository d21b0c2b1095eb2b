import { pipeline, Readable } from 'node:stream';
import tar, { type Header } from 'tar-stream';
import type { Engine } from '../engine/engine';
import { isSearched, kernelFolders, type Entry } from './entry';

export interface ArchivedEntry {
  entry: Entry;
  /** A second name of a file whose bytes came under the first one. */
  isSecondName: boolean;
  /** May be left at any point, or not read at all. */
  content: AsyncIterable<Buffer>;
}

const temporaryFolder = 'tmp';

/**
 * Everything in a folder, from the engine's archive of it: needs no program in the sandbox, and carries all bytes of all
 * files. What is mounted one product has in the archive of `/` and another one hasn't: `/tmp` is read by itself, and of
 * the kernel's folders only their names are told.
 */
export async function* archiveEntries(
  engine: Engine,
  container: string,
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<ArchivedEntry> {
  if (folder !== '/') {
    yield* oneArchive(engine, container, folder, signal);
    return;
  }
  const mountPoints = new Set(kernelFolders);
  for await (const found of oneArchive(engine, container, folder, signal)) {
    mountPoints.delete(found.entry.path);
    if (!found.entry.path.startsWith(`${temporaryFolder}/`)) yield found;
  }
  for (const path of mountPoints) {
    const stat = await engine.statPath(container, `/${path}`, signal);
    if (stat) yield emptyFolder(path, stat.modifiedAt);
  }
  const temporary = await engine.statPath(container, `/${temporaryFolder}`, signal);
  if (!temporary?.isDirectory || temporary.path !== `/${temporaryFolder}`) return;
  for await (const found of oneArchive(engine, container, temporary.path, signal)) {
    yield { ...found, entry: { ...found.entry, path: `${temporaryFolder}/${found.entry.path}` } };
  }
}

function emptyFolder(path: string, modifiedAt: Date): ArchivedEntry {
  const entry: Entry = { path, kind: 'folder', sizeBytes: 0, modifiedAt: wholeSeconds(modifiedAt) };
  return { entry, isSecondName: false, content: Readable.from([]) };
}

async function* oneArchive(
  engine: Engine,
  container: string,
  folder: string,
  signal: AbortSignal,
): AsyncGenerator<ArchivedEntry> {
  const archive = await engine.getArchive(container, folder, signal);
  const extract = tar.extract();
  const abort = (): void => void archive.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  let failure: unknown;
  pipeline(archive, extract, (error) => (failure = error ?? undefined));
  const sizes = new Map<string, number>();
  let above: number | undefined;
  try {
    for await (const item of extract) {
      const { header } = item;
      const name = plain(header.name);
      above ??= folder === '/' ? 0 : name.length + 1; // of the root one product gives no entry
      const kind = kinds[header.type];
      const path = name.slice(above);
      const { content, skip } = leavable(item);
      if (kind && path !== '' && isSearched(folder, path)) {
        const isSecondName = header.type === 'link';
        const sizeBytes = isSecondName ? (sizes.get(plain(header.linkname)) ?? 0) : sizeOf(header);
        if (kind === 'file') sizes.set(name, sizeBytes);
        yield {
          entry: { path, kind, sizeBytes, modifiedAt: wholeSeconds(header.mtime) },
          isSecondName,
          content,
        };
      }
      await skip();
    }
    signal.throwIfAborted();
    if (failure !== undefined) throw failure as Error;
  } catch (error) {
    throw signal.aborted ? signal.reason : (failure ?? error);
  } finally {
    signal.removeEventListener('abort', abort);
    archive.destroy();
  }
}

/** Leaving a loop over it doesn't end the archive; `skip` reads what was left. */
function leavable(item: AsyncIterable<unknown> & { resume: () => unknown }): {
  content: AsyncIterable<Buffer>;
  skip: () => Promise<void>;
} {
  let chunks: AsyncIterator<Buffer> | undefined;
  const next = (): Promise<IteratorResult<Buffer>> => {
    chunks ??= (item as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    return chunks.next();
  };
  const skip = async (): Promise<void> => {
    if (!chunks) item.resume();
    else while (!(await next()).done);
  };
  return { content: { [Symbol.asyncIterator]: () => ({ next }) }, skip };
}

const kinds: Partial<Record<Header['type'], Entry['kind']>> = {
  file: 'file',
  'contiguous-file': 'file',
  link: 'file',
  directory: 'folder',
  symlink: 'link',
};

function sizeOf({ type, size, linkname }: Header): number {
  return type === 'symlink' ? Buffer.byteLength(linkname) : size;
}

function wholeSeconds(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}

/** Engines name the root `/`, `./` or nothing, and end folders with a slash. */
function plain(name: string): string {
  return name
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '');
}
