import { within } from '../abort';
import type { PathStat } from '../engine/path-stat';
import type { Lifecycle } from './lifecycle';
import { runAsRoot } from './run-as-root';

/** A write that the engine refused, as there was no room for it. */
export interface RefusedWrite {
  target: string;
  /** What was there before. */
  old: PathStat | undefined;
  /** What was to be written, and the time that it was to bear. */
  sizeBytes: number;
  mtime: Date;
  /** The engine's words. */
  refusal: string;
}

/**
 * What stands there now: what stood there before, or nothing more; a part of what was to be written, which is given
 * back; or something that can't be told.
 */
export type Remains = 'untouched' | 'nothing' | 'part' | 'unknown';

const limitMs = 15_000;

/**
 * Takes away what was written of a file for which there was no room: it fills what is full. One that was there before
 * stays, empty. What is not visibly a part of that file is left alone: engines also refuse before they unpack. What
 * fails is logged. Never rejects.
 */
export async function giveBackRoom(
  lifecycle: Lifecycle,
  container: string,
  write: RefusedWrite,
): Promise<Remains> {
  const { engine, log } = lifecycle;
  const { target, old } = write;
  try {
    const now = await engine.statPath(container, target, within(limitMs));
    const remains = whatRemains(write, now);
    if (remains === 'part') await takeAway(lifecycle, container, target, old !== undefined);
    return remains;
  } catch (error) {
    log.info(`what was written of ${target} could not be looked at: ${String(error)}`);
    return 'unknown';
  }
}

function whatRemains(write: RefusedWrite, now: PathStat | undefined): Remains {
  const { old, mtime, sizeBytes } = write;
  if (!now) return old ? 'nothing' : 'untouched';
  if (old && isSame(old, now)) return 'untouched';
  if (now.isDirectory || now.isSpecial) return 'unknown';
  if (now.modifiedAt.getTime() === mtime.getTime()) return 'part';
  const isAnother = now.modifiedAt.getTime() !== old?.modifiedAt.getTime();
  return isAnother && now.sizeBytes < sizeBytes && names(write) ? 'part' : 'unknown';
}

function isSame(one: PathStat, other: PathStat): boolean {
  return one.sizeBytes === other.sizeBytes && one.modifiedAt.getTime() === other.modifiedAt.getTime();
}

/** The engine says that it was this file that it could not write. */
function names({ refusal, target }: RefusedWrite): boolean {
  return refusal.includes(target.slice(target.lastIndexOf('/')));
}

async function takeAway(
  { engine, log }: Lifecycle,
  container: string,
  file: string,
  wasThere: boolean,
): Promise<void> {
  try {
    const command = wasThere ? ['truncate', '-s', '0', file] : ['rm', '-f', file];
    const { code, stderr } = await runAsRoot(engine, container, command, limitMs);
    if (code !== 0) log.info(`what was written of ${file} could not be taken away: ${code} ${stderr}`);
  } catch (error) {
    log.info(`what was written of ${file} could not be taken away: ${String(error)}`);
  }
}
