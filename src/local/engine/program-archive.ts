import { Readable } from 'node:stream';
import tar from 'tar-stream';
const attributes = { uid: 0, gid: 0, mode: 0o755, mtime: new Date(0) };

/** A tar for `/` of a container that holds programs of ours, executable for every user. All lie in one folder below `/`. */
export function programArchive(programs: [path: string, executable: Buffer][]): Readable {
  const pack = tar.pack();
  const [, folder = ''] = programs[0]?.[0].split('/') ?? [];
  pack.entry({ ...attributes, name: folder, type: 'directory' });
  for (const [path, executable] of programs) pack.entry({ ...attributes, name: path.slice(1) }, executable);
  pack.finalize();
  return Readable.from(pack);
}
