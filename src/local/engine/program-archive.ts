import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { initExecutable, initPath } from './init/init';
import { relayExecutable, relayPath } from './relay/relay';

const attributes = { uid: 0, gid: 0, mode: 0o755, mtime: new Date(0) };

/** A tar for `/` that holds what we lay into a container before it starts, executable for every user. */
export function programArchive(architecture: string): Readable {
  return archiveOf([
    [initPath, initExecutable(architecture)],
    [relayPath, relayExecutable(architecture)],
  ]);
}

/** A tar for `/` of a container that may run already. */
export function relayArchive(architecture: string): Readable {
  return archiveOf([[relayPath, relayExecutable(architecture)]]);
}

/** All of them lie in one folder below `/`. */
function archiveOf(programs: [path: string, executable: Buffer][]): Readable {
  const pack = tar.pack();
  const [, folder = ''] = initPath.split('/');
  pack.entry({ ...attributes, name: folder, type: 'directory' });
  for (const [path, executable] of programs) pack.entry({ ...attributes, name: path.slice(1) }, executable);
  pack.finalize();
  return Readable.from(pack);
}
