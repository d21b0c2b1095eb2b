import type { Remains, RefusedWrite } from './give-back-room';

/** Why a file was not written, and what became of the one that it was to replace. */
export function noRoom(write: RefusedWrite, remains: Remains): string {
  return `${whereItIsFull(write, remains)}${write.old ? fate[remains] : ''}`;
}

const fate: Record<Remains, string> = {
  untouched: ' What it held before is still there.',
  nothing: ' What it held before is lost.',
  part: ' What it held before is lost.',
  unknown: ' What it held before may be lost.',
};

/** Also before a write into /tmp the engine writes to its own disk. */
function whereItIsFull({ target, refusal }: RefusedWrite, remains: Remains): string {
  if (!target.startsWith('/tmp/')) return "no space is left on the container engine's disk. Free some there.";
  const named = /(?:^|[\s"])(\/tmp\/[^\s":]+)/.exec(refusal)?.[1];
  const isSure = remains === 'part' || (named !== undefined && target.startsWith(named));
  return isSure
    ? 'no space is left in /tmp, which is in memory. Delete something there, or write to another folder.'
    : "no space is left on the container engine's disk, or in /tmp, which is in memory. Free some there.";
}
