import { expect, onTestFinished, vi } from 'vitest';

export interface StoppedClock {
  advance: (ms: number) => void;
  /** How long each timer so far was to wait, in milliseconds. */
  timers: number[];
  /** Lets sockets go on until `look` gives what is wanted; `expect.poll` would advance the clock. */
  until: (look: () => unknown, wanted: unknown) => Promise<void>;
}

/** Of real time: on a machine that is busy with other things many turns pass without a socket's word. */
const patienceNs = 10_000_000_000n;

/**
 * From here to the end of the test, time stands still but for `advance`, while sockets go on: nothing that a machine is
 * slow at comes before or after its time.
 */
export function stopClock(): StoppedClock {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  const timers: number[] = [];
  const fake = globalThis.setTimeout;
  globalThis.setTimeout = Object.assign((...args: Parameters<typeof setTimeout>) => {
    timers.push(args[1] ?? 0);
    return fake(...args);
  }, fake);
  onTestFinished(() => {
    globalThis.setTimeout = fake;
    vi.useRealTimers();
  });
  return {
    advance: (ms) => void vi.advanceTimersByTime(ms),
    timers,
    until: async (look, wanted) => {
      const endsAt = process.hrtime.bigint() + patienceNs;
      while (process.hrtime.bigint() < endsAt) {
        if (JSON.stringify(look()) === JSON.stringify(wanted)) return;
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(look()).toEqual(wanted);
    },
  };
}
