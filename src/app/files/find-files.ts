import { posix } from 'node:path';
import { ApiError } from '../../api/errors';
import { glob } from '../../api/files/search';
import type { GlobMatch, GlobRequest } from '../../api/wire/searches';
import { literally } from './literally';
import type { Place } from './programs';

const mostFound = 100;

/**
 * What a typed text looks for: part of a path below `folder`; a glob pattern when it has a star; an absolute path when
 * it begins with a slash, whose last part may be a beginning.
 */
export function fileQuery(text: string, folder: string): Omit<GlobRequest, 'limit'> {
  if (text.startsWith('/')) {
    const end = text.lastIndexOf('/');
    return { path: text.slice(0, end) || '/', pattern: `${literally(text.slice(end + 1))}*` };
  }
  if (text.includes('*')) return { path: folder, pattern: `**/${text}` };
  if (text === '') return { path: folder, pattern: '*' };
  return { path: folder, pattern: `**/*${text.split('/').map(literally).join('*/*')}*` };
}

/** The first by path; none where the folder is missing. */
export async function findFiles(
  { transport, box }: Place,
  text: string,
  folder: string,
  signal: AbortSignal,
): Promise<readonly GlobMatch[]> {
  const query = fileQuery(text, folder);
  try {
    const { matches } = await glob(transport, box, { ...query, limit: mostFound }, { signal });
    return matches.toSorted((one, other) => depthOf(one) - depthOf(other));
  } catch (error) {
    if (error instanceof ApiError && (error.kind === 'not-found' || error.errorType === 'ReadError'))
      return [];
    throw error;
  }
}

function depthOf({ path }: GlobMatch): number {
  return posix.normalize(path).split('/').length;
}
