import { posix as path } from 'node:path';
import { Failure, invalidRequest } from '../failure';
import { within } from '../abort';
import { withRunningBox } from '../lifecycle/awake';
import { boxPath } from '../lifecycle/box-path';
import { containerName } from '../lifecycle/engine-names';
import type { Lifecycle } from '../lifecycle/lifecycle';
import type { BoxRecord } from '../store/boxes';

/** The folder of a sandbox in which something is looked for. */
export interface SearchPlace {
  box: BoxRecord;
  container: string;
  /** Where it is, links followed. */
  folder: string;
  /** A path relative to it as the caller knows it: below the folder that was asked for. */
  absolute(relative: string): string;
}

/** Assumed: the wire gives neither. More than the most is cut to it. */
const defaultMatches = 1000;
const mostMatches = 10_000;
/** SDKs wait a minute. */
const searchLimitMs = 25_000;

export function matchLimit(asked: number | undefined): number {
  return Math.min(asked ?? defaultMatches, mostMatches);
}

/** Looks in a folder of a running sandbox. Throws Failure: 400 for what is no absolute path of a folder, 404. */
export function inFolder<T>(
  lifecycle: Lifecycle,
  idOrName: string,
  asked: string,
  signal: AbortSignal,
  look: (place: SearchPlace) => Promise<T>,
): Promise<T> {
  const root = asked.startsWith('/') ? boxPath(asked, '/') : undefined;
  if (!root) throw invalidRequest('"path" must be the absolute path of a folder in the sandbox.');
  return withRunningBox(lifecycle, idOrName, signal, async (box) => {
    const container = containerName(box.id);
    const stat = await lifecycle.engine.statPath(container, root, signal);
    if (!stat) throw new Failure(404, 'FileNotFound', `There is no ${root} in the sandbox.`);
    if (!stat.isDirectory) throw new Failure(400, 'ReadError', `${root} is not a directory.`);
    const absolute = (relative: string): string => `${root === '/' ? '' : root}/${relative}`;
    // Engines tell where links lead as they stand there: `/.` among others.
    return look({ box, container, folder: path.resolve('/', stat.path), absolute });
  });
}

/** Does work until its time is over: false then, and what it did so far counts. */
export async function doneInTime(
  signal: AbortSignal,
  work: (limit: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const limit = within(searchLimitMs, signal);
  try {
    await work(limit);
    return true;
  } catch (error) {
    if (signal.aborted || !limit.aborted) throw error;
    return false;
  }
}
