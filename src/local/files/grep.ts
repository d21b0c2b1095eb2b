import { EngineError } from '../engine/engine-error';
import { firstEntry } from '../lifecycle/first-entry';
import type { Lifecycle } from '../lifecycle/lifecycle';
import { archiveEntries } from './archive-entries';
import { candidates } from './candidates';
import { byPath } from './entry';
import { firstMatches, type FirstMatches } from './first-matches';
import { fileFilter } from './glob-pattern';
import { matchingLines, type MatchingLine } from './matching-lines';
import { doneInTime, inFolder, matchLimit, type SearchPlace } from './search';

export interface GrepRequest {
  /** Searched as it is. */
  pattern: string;
  path: string;
  glob?: string;
  limit?: number;
}

export interface GrepReply {
  matches: { path: string; line: number; text: string }[];
  truncated: boolean;
}

type Match = MatchingLine & { path: string };

/** The lines of text files in a folder that hold a text, the first by path and line. Throws as `inFolder` does. */
export function grep(
  lifecycle: Lifecycle,
  idOrName: string,
  { pattern, path, glob, limit }: GrepRequest,
  signal: AbortSignal,
): Promise<GrepReply> {
  const isWanted = glob === undefined ? () => true : fileFilter(glob);
  const most = matchLimit(limit);
  const wanted = Buffer.from(pattern);
  return inFolder(lifecycle, idOrName, path, signal, async (place) => {
    const found = firstMatches<Match>(most, byPathAndLine);
    const isWhole = await doneInTime(signal, async (time) => {
      const paths = await candidates(lifecycle, place, pattern, isWanted, time);
      if (paths) await searchFiles(lifecycle, place, paths, wanted, most, found, time);
      else await searchAll(lifecycle, place, isWanted, wanted, most, found, time);
    });
    const { matches, isCut } = found.result();
    const replied = matches.map((match) => ({ ...match, path: place.absolute(match.path) }));
    return { matches: replied, truncated: isCut || !isWhole };
  });
}

function byPathAndLine(a: Match, b: Match): number {
  return byPath(a, b) || a.line - b.line;
}

/** File by file, in the order of the matches, until there are more than enough. */
async function searchFiles(
  { engine }: Lifecycle,
  { container, folder }: SearchPlace,
  paths: string[],
  wanted: Buffer,
  most: number,
  found: FirstMatches<Match>,
  signal: AbortSignal,
): Promise<void> {
  let count = 0;
  for (const path of paths.sort()) {
    const archive = await engine
      .getArchive(container, `${folder === '/' ? '' : folder}/${path}`, signal)
      .catch(goneMeanwhile);
    if (!archive) continue;
    const { header, content } = await firstEntry(archive, signal);
    if (header.type === 'file') {
      for await (const match of matchingLines(content as AsyncIterable<Buffer>, wanted)) {
        found.add({ path, ...match });
        if (++count > most) break;
      }
    }
    content.destroy();
    if (count > most) return;
  }
}

/** All files, as they come in the folder's archive; second names of a file one by one. */
async function searchAll(
  lifecycle: Lifecycle,
  place: SearchPlace,
  isWanted: (path: string) => boolean,
  wanted: Buffer,
  most: number,
  found: FirstMatches<Match>,
  signal: AbortSignal,
): Promise<void> {
  const secondNames: string[] = [];
  const all = archiveEntries(lifecycle.engine, place.container, place.folder, signal);
  for await (const { entry, isSecondName, content } of all) {
    if (entry.kind !== 'file' || !isWanted(entry.path)) continue;
    if (isSecondName) secondNames.push(entry.path);
    else for await (const match of matchingLines(content, wanted)) found.add({ path: entry.path, ...match });
  }
  await searchFiles(lifecycle, place, secondNames, wanted, most, found, signal);
}

function goneMeanwhile(error: unknown): undefined {
  if (!(error instanceof EngineError) || error.kind !== 'not-found') throw error;
}
