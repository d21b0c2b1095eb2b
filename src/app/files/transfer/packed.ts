import { createReadStream } from 'node:fs';
import { open, readFile, readlink } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import type { LocalEntry } from './local-tree';

/** Files up to this many bytes are read whole, some of them ahead of their turn: thousands would wait for the disk. */
const smallBytes = 64 * 1024;
const readAhead = 32;

/** A tar of these, made as it is read: no large file is held as a whole. One that changes its size meanwhile ends it. */
export function packed(entries: readonly LocalEntry[], signal: AbortSignal): Readable {
  const pack = tar.pack();
  void fill(pack, entries, signal).then(
    () => pack.finalize(),
    (error: unknown) => pack.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  return Readable.from(pack, { objectMode: false });
}

async function fill(pack: tar.Pack, entries: readonly LocalEntry[], signal: AbortSignal): Promise<void> {
  const ahead = entries.slice(0, readAhead).map(contentOf);
  for (const [at, entry] of entries.entries()) {
    signal.throwIfAborted();
    const next = entries[at + readAhead];
    if (next) ahead.push(contentOf(next));
    await add(pack, entry, await ahead.shift(), signal);
  }
}

async function add(
  pack: tar.Pack,
  { source, name, kind, size, mode, modifiedAt: mtime }: LocalEntry,
  content: Buffer | undefined,
  signal: AbortSignal,
): Promise<void> {
  switch (kind) {
    case 'folder':
      pack.entry({ name, type: 'directory', mode, mtime });
      return;
    case 'link':
      pack.entry({ name, type: 'symlink', linkname: await readlink(source), mode, mtime });
      return;
    case 'file':
      if (!content) {
        await pipeline(createReadStream(source), pack.entry({ name, size, mode, mtime }), { signal });
      } else await whole(pack, { name, size: content.length, mode, mtime }, content);
  }
}

/** Undefined for what is not read ahead. */
function contentOf({ source, kind, size }: LocalEntry): Promise<Buffer | undefined> {
  const content = kind === 'file' && size <= smallBytes ? small(source, size) : Promise.resolve(undefined);
  content.catch(() => undefined); // Told when its turn comes.
  return content;
}

/** `readFile` would look for the size once more, which takes as long as the rest. */
async function small(source: string, size: number): Promise<Buffer> {
  const file = await open(source);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(size + 1), 0, size + 1, 0);
    if (bytesRead === size) return buffer.subarray(0, size);
  } finally {
    await file.close();
  }
  return readFile(source);
}

/** Resolves when the tar can take more. */
function whole(pack: tar.Pack, header: Parameters<tar.Pack['entry']>[0], content: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    pack.entry(header, content, (error) => (error ? reject(error) : resolve()));
  });
}
