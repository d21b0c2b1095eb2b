import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

/** One line on a bundle as users get it. */
export async function sizeLine(root: string, name: string): Promise<string> {
  const bytes = await readFile(path.join(root, 'dist', `${name}.js`));
  return `${`${name}.js`.padEnd(36)}  ${kilobytes(bytes)} kB, ${kilobytes(gzipSync(bytes))} kB gzipped`;
}

function kilobytes({ length }: Uint8Array): string {
  return (length / 1000).toFixed(0);
}
