import { z } from 'zod';

/** Bits of Go's `fs.FileMode`, which differ from those of stat(2) above the permissions. */
const goMode = { directory: 2 ** 31, link: 2 ** 27, setuid: 2 ** 23, setgid: 2 ** 22, sticky: 2 ** 20 };
/** Link, device, named pipe, socket, character device, irregular. */
const goSpecial = [goMode.link, 2 ** 26, 2 ** 25, 2 ** 24, 2 ** 21, 2 ** 19];

const headerShape = z.object({
  size: z.number(),
  mode: z.number(),
  mtime: z.iso.datetime({ offset: true }),
  linkTarget: z.string(),
});

export interface PathStat {
  /** Where the links lead, within the container; the path itself when it is none. */
  path: string;
  sizeBytes: number;
  isDirectory: boolean;
  /** A device, a pipe, a socket, or a link that the engine can't follow: it holds no bytes of its own. */
  isSpecial: boolean;
  modifiedAt: Date;
  /** Permission bits, `0o7777` at most. */
  mode: number;
}

export interface ArchivedPath extends Omit<PathStat, 'path'> {
  /** The path it leads to, resolved within the container; empty unless it is a link that the engine followed. */
  linkTarget: string;
}

/** Reads `X-Docker-Container-Path-Stat`: base64 of JSON. Throws when it is something else. */
export function parsePathStat(header: string): ArchivedPath {
  const stat = headerShape.parse(JSON.parse(Buffer.from(header, 'base64').toString()));
  return {
    sizeBytes: stat.size,
    isDirectory: has(stat.mode, goMode.directory),
    isSpecial: goSpecial.some((bit) => has(stat.mode, bit)),
    modifiedAt: new Date(stat.mtime),
    mode: permissions(stat.mode),
    linkTarget: has(stat.mode, goMode.link) ? stat.linkTarget : '',
  };
}

function permissions(mode: number): number {
  const special = (bit: number, unix: number): number => (has(mode, bit) ? unix : 0);
  return (
    (mode & 0o777) +
    special(goMode.setuid, 0o4000) +
    special(goMode.setgid, 0o2000) +
    special(goMode.sticky, 0o1000)
  );
}

/** The top bit is beyond what JavaScript's bitwise operators keep unsigned. */
function has(mode: number, bit: number): boolean {
  return Math.floor(mode / bit) % 2 === 1;
}
