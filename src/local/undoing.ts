import type { Log } from './log';

/** What is to be let go of in the end, or when a start fails halfway. */
export interface Undoing {
  add(step: () => void | Promise<void>): void;
  /** Takes the steps, the last one first. One that fails is logged, and keeps no other from being taken. Once. */
  run(): Promise<void>;
}

export function createUndoing(log: Log): Undoing {
  const steps: (() => void | Promise<void>)[] = [];
  let running: Promise<void> | undefined;
  const runAll = async (): Promise<void> => {
    for (const step of steps.reverse()) {
      try {
        await step();
      } catch (error) {
        log.error(`while ending: ${String(error)}`);
      }
    }
  };
  return {
    add: (step) => void steps.push(step),
    run: () => (running ??= runAll()),
  };
}
