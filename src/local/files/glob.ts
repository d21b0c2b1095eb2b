import { findStandardShell } from '../lifecycle/shell';
import type { Lifecycle } from '../lifecycle/lifecycle';
import { archiveEntries } from './archive-entries';
import { byPath, type Entry } from './entry';
import { firstMatches, type FirstMatches } from './first-matches';
import { globPattern, type GlobPattern } from './glob-pattern';
import { listedEntries } from './listed-entries';
import { doneInTime, inFolder, matchLimit, type SearchPlace } from './search';
import { ToolFails } from './tool';

export interface GlobRequest {
  pattern: string;
  path: string;
  limit?: number;
}

export interface GlobReply {
  matches: { path: string; is_dir: boolean; size_bytes: number; modified_at: string }[];
  truncated: boolean;
}

/** What lies in a folder of a sandbox under names that fit, the first by path. Throws as `inFolder` does. */
export function glob(
  lifecycle: Lifecycle,
  idOrName: string,
  { pattern, path, limit }: GlobRequest,
  signal: AbortSignal,
): Promise<GlobReply> {
  const wanted = globPattern(pattern);
  return inFolder(lifecycle, idOrName, path, signal, async (place) => {
    let found = firstMatches<Entry>(matchLimit(limit), byPath);
    const isWhole = await doneInTime(signal, async (time) => {
      if (await listed(lifecycle, place, wanted, found, time)) return;
      found = firstMatches<Entry>(matchLimit(limit), byPath);
      for await (const { entry } of archiveEntries(lifecycle.engine, place.container, place.folder, time)) {
        if (wanted.matches(entry.path)) found.add(entry);
      }
    });
    const { matches, isCut } = found.result();
    return { matches: matches.map((entry) => replied(entry, place)), truncated: isCut || !isWhole };
  });
}

/** False where the sandbox has no programs for it. */
async function listed(
  lifecycle: Lifecycle,
  { box, container, folder }: SearchPlace,
  wanted: GlobPattern,
  found: FirstMatches<Entry>,
  signal: AbortSignal,
): Promise<boolean> {
  if (!(await findStandardShell(lifecycle, container, signal))) return false;
  try {
    for await (const entry of listedEntries(lifecycle, box.id, folder, wanted.mostParts, signal)) {
      if (wanted.matches(entry.path)) found.add(entry);
    }
    return true;
  } catch (error) {
    if (error instanceof ToolFails) return false;
    throw error;
  }
}

function replied(
  { path, kind, sizeBytes, modifiedAt }: Entry,
  place: SearchPlace,
): GlobReply['matches'][number] {
  return {
    path: place.absolute(path),
    is_dir: kind === 'folder',
    size_bytes: sizeBytes,
    modified_at: modifiedAt.toISOString(),
  };
}
