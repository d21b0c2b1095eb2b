import { ApiError } from '../../api/errors';
import { grep } from '../../api/files/search';
import type { GrepMatch } from '../../api/wire/searches';
import type { Place } from './programs';

const mostFound = 500;

/** Lines that hold a text, in files of a folder and of all below; none where the folder is missing, or for no text. */
export async function findText(
  { transport, box }: Place,
  text: string,
  folder: string,
  signal: AbortSignal,
): Promise<readonly GrepMatch[]> {
  if (text === '') return [];
  try {
    return (await grep(transport, box, { pattern: text, path: folder, limit: mostFound }, { signal }))
      .matches;
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'not-found') return [];
    throw error;
  }
}
