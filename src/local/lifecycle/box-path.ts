import path from 'node:path';

/** Absolute and normal; relative paths stand below the sandbox's work folder. Undefined for what is no path. */
export function boxPath(text: string, workDir: string): string | undefined {
  if (text === '' || text.includes('\0')) return undefined;
  const absolute = path.posix.resolve('/', workDir, text);
  return absolute;
}
