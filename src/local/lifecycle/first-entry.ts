import { once } from 'node:events';
import { pipeline, Readable } from 'node:stream';
import tar, { type Header } from 'tar-stream';

export interface TarEntry {
  header: Header;
  /** Destroying it ends the archive as well. */
  content: Readable;
}

/** The first entry of a tar stream; what follows is dropped. Rejects for a broken or empty archive. */
export async function firstEntry(archive: Readable, signal: AbortSignal): Promise<TarEntry> {
  const extract = tar.extract();
  const settled = new AbortController();
  let failure: Error | undefined;
  pipeline(archive, extract, (error) => {
    failure = error ?? new Error('The archive is empty.');
    settled.abort();
  });
  try {
    const options = { signal: AbortSignal.any([signal, settled.signal]) };
    const [header, entry, next] = (await once(extract, 'entry', options)) as [Header, Readable, () => void];
    entry.once('end', next);
    // The library's streams are not Node's own, which is what everybody expects.
    const content = Readable.from(entry, { objectMode: false });
    content.once('close', () => archive.destroy());
    content.on('error', () => undefined);
    return { header, content };
  } catch (error) {
    archive.destroy();
    throw failure ?? error;
  }
}
