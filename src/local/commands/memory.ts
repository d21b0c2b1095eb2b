import type { Command } from './command';
import { streamNames } from './output';

/** Output of commands that have ended, all sandboxes together. */
const mostBytes = 64 * 1024 * 1024;
/** Of each command, besides its output. */
const overheadBytes = 4096;
const mostDropped = 10_000;

/** Commands that have ended, as long as there is room: the oldest go first. */
export interface Memory {
  keep(key: string, command: Command): void;
  drop(key: string): void;
  /** Whether it was dropped, as far as that is remembered. */
  wasKept(key: string): boolean;
}

/** `forget` is told of each that is dropped. */
export function createMemory(forget: (key: string) => void): Memory {
  const sizes = new Map<string, number>();
  const dropped = new Set<string>();
  let total = 0;

  const drop = (key: string): void => {
    const size = sizes.get(key);
    if (size === undefined) return;
    sizes.delete(key);
    total -= size;
    dropped.add(key);
    const [first] = dropped;
    if (first !== undefined && dropped.size > mostDropped) dropped.delete(first);
    forget(key);
  };
  return {
    keep: (key, { output }) => {
      for (const stream of streamNames) output.rings[stream].trim();
      const kept = streamNames.map((stream) => output.rings[stream].end - output.rings[stream].start);
      const size = kept.reduce((sum, bytes) => sum + bytes, overheadBytes);
      sizes.set(key, size);
      total += size;
      for (const oldest of sizes.keys()) {
        if (total <= mostBytes || oldest === key) break;
        drop(oldest);
      }
    },
    drop,
    wasKept: (key) => dropped.has(key),
  };
}
