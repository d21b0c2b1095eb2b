/** Who uses which sandbox, and when it was used last: commands and file transfers count, polling and lists don't. */
export interface Activity {
  /** It is used at this moment. */
  touch: (boxId: string) => void;
  /** It is in use until the given function is called, which may happen more than once. */
  hold: (boxId: string) => () => void;
  isHeld: (boxId: string) => boolean;
  /** As RFC 3339; undefined when this server has seen no use. What is written down may be some seconds older. */
  lastUse: (boxId: string) => string | undefined;
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
  const usedAt = new Map<string, number>();

  const write = (boxId: string, at: number): void => {
    record(boxId, new Date(at));
    writtenAt.delete(boxId); // so that the oldest stand first
    writtenAt.set(boxId, at);
    if (writtenAt.size > mostRemembered) forget([...writtenAt.keys()][0] ?? '');
  };
  const forget = (boxId: string): void => {
    writtenAt.delete(boxId);
    usedAt.delete(boxId);
  };
  const use = (boxId: string, at: number, since = at): void => {
    usedAt.set(boxId, at);
    const last = writtenAt.get(boxId);
    if (last === undefined || at - Math.min(last, since) >= writtenEveryMs) write(boxId, at);
  };
  const touch = (boxId: string): void => use(boxId, now());
  const hold = (boxId: string): (() => void) => {
    const startedAt = now();
    use(boxId, startedAt);
    let isHeld = true;
    holders.set(boxId, (holders.get(boxId) ?? 0) + 1);
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const left = (holders.get(boxId) ?? 1) - 1;
      if (left > 0) holders.set(boxId, left);
      else holders.delete(boxId);
      use(boxId, now(), startedAt);
    };
  };
  return {
    touch,
    hold,
    isHeld: (boxId) => holders.has(boxId),
    lastUse: (boxId) => {
      const ms = usedAt.get(boxId);
      return ms === undefined ? undefined : new Date(ms).toISOString();
    },
  };
}
