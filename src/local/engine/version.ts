import { EngineError } from './engine-error';

/** The newest version of the Engine API whose changes this adapter is written for. */
const newest = '1.47';
/** Docker 19.03. */
const oldest = '1.40';

/** The version to speak with an engine that offers `min` to `max`. Throws EngineError when there is none. */
export function usableVersion(max: string, min = oldest): string {
  if (isBelow(max, oldest)) {
    throw new EngineError(
      'other',
      `Too old: it speaks version ${max} of the Engine API, and ${oldest} (Docker 19.03) is needed.`,
    );
  }
  if (isBelow(newest, min)) {
    throw new EngineError(
      'other',
      `Too new: it speaks version ${min} and later of the Engine API, and ${newest} is the latest known here.`,
    );
  }
  return isBelow(max, newest) ? max : newest;
}

/** Of `major.minor`, whatever follows. */
export function isBelow(a: string, b: string): boolean {
  const [majorA = 0, minorA = 0] = a.split('.').map(Number);
  const [majorB = 0, minorB = 0] = b.split('.').map(Number);
  return majorA < majorB || (majorA === majorB && minorA < minorB);
}
