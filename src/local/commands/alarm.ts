/** The longest that a timer of Node can wait. */
const mostMs = 2 ** 31 - 1;

export interface Alarm {
  /** From now on; one that runs already begins anew. */
  start(): void;
  stop(): void;
}

/** Goes off once so many seconds after its start, unless it is stopped. Never for undefined. */
export function alarm(seconds: number | undefined, goOff: () => void): Alarm {
  let timer: NodeJS.Timeout | undefined;
  return {
    start: () => {
      clearTimeout(timer);
      if (seconds !== undefined) timer = setTimeout(goOff, Math.min(seconds * 1000, mostMs)).unref();
    },
    stop: () => clearTimeout(timer),
  };
}
