import path from 'node:path';

/** What Linux takes (PATH_MAX, NAME_MAX): an engine fails in ways of its own beyond them. */
const mostBytes = 4095;
const mostNameBytes = 255;

/** What follows the name of a path that is none. */
export const pathRule = `must name a file in the sandbox, with at most ${mostNameBytes} bytes to a name and ${mostBytes} in all.`;

/** Absolute and normal; relative paths stand below the sandbox's work folder. Undefined for what is no path. */
export function boxPath(text: string, workDir: string): string | undefined {
  if (text === '' || text.includes('\0')) return undefined;
  const absolute = path.posix.resolve('/', workDir, text);
  const isTooLong = (name: string): boolean => Buffer.byteLength(name) > mostNameBytes;
  if (Buffer.byteLength(absolute) > mostBytes || absolute.split('/').some(isTooLong)) return undefined;
  return absolute;
}
