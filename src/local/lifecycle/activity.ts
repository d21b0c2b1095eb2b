/** Who uses which sandbox, and when it was used last: commands and file transfers count, polling and lists don't. */
export interface Activity {
  /** It is used at this moment. */
  touch: (boxId: string) => void;
  /** It is in use until the given function is called, which may happen more than once. */
  hold: (boxId: string) => () => void;
  isHeld: (boxId: string) => boolean;
}

export interface ActivityDependencies {
  /** Milliseconds since 1970. */
  now: () => number;
  /** Writes the time of the last use down, for the server that comes after this one. */
  record: (boxId: string, at: Date) => void;
}

/** Uses that follow each other faster are not all written: each write reaches the disk. */
const writtenEveryMs = 5_000;
/** Far above the sandboxes of one machine. */
const mostRemembered = 1000;

export function createActivity({ now, record }: ActivityDependencies): Activity {
  const holders = new Map<string, number>();
  const writtenAt = new Map<string, number>();

  const write = (boxId: string): void => {
    record(boxId, new Date(now()));
    writtenAt.delete(boxId); // so that the oldest stand first
    writtenAt.set(boxId, now());
    if (writtenAt.size > mostRemembered) writtenAt.delete([...writtenAt.keys()][0] ?? '');
  };
  const touch = (boxId: string): void => {
    const last = writtenAt.get(boxId);
    if (last === undefined || now() - last >= writtenEveryMs) write(boxId);
  };
  const hold = (boxId: string): (() => void) => {
    touch(boxId);
    const startedAt = now();
    let isHeld = true;
    holders.set(boxId, (holders.get(boxId) ?? 0) + 1);
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const left = (holders.get(boxId) ?? 1) - 1;
      if (left > 0) holders.set(boxId, left);
      else holders.delete(boxId);
      if (now() - startedAt >= writtenEveryMs) write(boxId);
      else touch(boxId);
    };
  };
  return { touch, hold, isHeld: (boxId) => holders.has(boxId) };
}
