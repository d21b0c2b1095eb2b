import { existsSync, readFileSync } from 'node:fs';

/** How long one extension took to become active. */
export interface Activation {
  /** From asking the editor for it to its answer, with what the editor itself does on the way. */
  wholeMs: number;
  /** Of that, reading and evaluating its program. */
  loadMs: number;
  /** Of that, its `activate`, until it returned. */
  callMs: number;
}

/** Of one start of the extension host, by the extension's id. */
export type Start = Record<string, Activation>;

/** What is written down so far, a line for each. */
export function startsIn(file: string): Start[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).map((line) => JSON.parse(line) as Start);
}
