/** Two ways to reach the same end. `ours` and `theirs` time themselves: each gives the milliseconds that count. */
export interface Contest {
  name: string;
  /** What a user would use instead. */
  against: string;
  /** Counted pairs; one pair more runs first, uncounted. */
  pairs: number;
  ours: (round: number) => Promise<number>;
  theirs: (round: number) => Promise<number>;
}

export interface Outcome {
  name: string;
  against: string;
  pairs: number;
  /** Ours divided by theirs, median over the pairs; below 1 ours is faster. */
  ratio: number;
  oursMs: number;
  theirsMs: number;
}

/** Milliseconds of one round. */
export interface Pair {
  ours: number;
  theirs: number;
}

/** Runs both in turn, so that the machine's changing speed meets both alike. */
export async function settle({ pairs, ours, theirs, ...about }: Contest): Promise<Outcome> {
  const measured: Pair[] = [];
  for (let round = 0; round <= pairs; round++) {
    const pair = { ours: await ours(round), theirs: await theirs(round) };
    if (round > 0) measured.push(pair);
  }
  return outcomeOf(about, measured);
}

export function outcomeOf({ name, against }: Pick<Contest, 'name' | 'against'>, measured: Pair[]): Outcome {
  return {
    name,
    against,
    pairs: measured.length,
    ratio: median(measured.map((pair) => pair.ours / pair.theirs)),
    oursMs: median(measured.map((pair) => pair.ours)),
    theirsMs: median(measured.map((pair) => pair.theirs)),
  };
}

export function line({ name, against, pairs, ratio, oursMs, theirsMs }: Outcome): string {
  const parts = [
    name.padEnd(36),
    `${ratio.toFixed(2)} of ${against}`.padEnd(44),
    `median of ${pairs}: ${milliseconds(oursMs)}, ${milliseconds(theirsMs)}`,
  ];
  return parts.join('  ');
}

function milliseconds(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}

/** Milliseconds that `work` took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
