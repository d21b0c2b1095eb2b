import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** Where a running local server can be found; the server writes it into its data directory. */
export interface ServerFile {
  readonly pid: number;
  readonly endpoint: string;
}

/** Undefined when none was written, or when it is being written just now. */
export async function readServerFile(dataDir: string): Promise<ServerFile | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(path.join(dataDir, 'server.json'), 'utf8'));
    return isServerFile(content) ? content : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Error && 'code' in error)) return undefined;
    throw error;
  }
}

function isServerFile(content: unknown): content is ServerFile {
  return (
    typeof content === 'object' &&
    content !== null &&
    'pid' in content &&
    typeof content.pid === 'number' &&
    'endpoint' in content &&
    typeof content.endpoint === 'string'
  );
}
