import type { Passage } from '../fault-proxy';
import type { Shown } from './shown-rows';

/** From then on, until the next fact about the same row. */
export interface Fact {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly id: string;
  readonly name: string;
  /** The first word of the row's description; `absent` when there is to be none. */
  readonly state: string;
}

/** The policy's quickest: what is asked sooner after an answer is the same poll. */
const pollMs = 1_000;

/**
 * What was shown against the facts:
 * - a row that is there vanished, or a row went back to what it was before
 * - a row stood twice
 * - a row was still as before when one poll had told of its change and the next one, too
 */
export function untruths(
  samples: readonly Shown[],
  facts: readonly Fact[],
  passages: readonly Passage[],
  now: number,
): string[] {
  const found: string[] = [];
  const arrived = new Set<Fact>();
  const names = [...new Set(facts.map(({ name }) => name))];
  for (const [index, sample] of samples.entries()) {
    const labels = sample.rows.map(({ label }) => label);
    for (const label of new Set(labels.filter((each, at) => labels.indexOf(each) !== at))) {
      found.push(`${label} stood twice`);
    }
    const until = samples[index + 1]?.at ?? now;
    for (const name of names) {
      const shown = stateOf(sample, name);
      const before = factAt(facts, name, sample.at);
      if (before && before.state !== shown && arrived.has(before)) {
        found.push(`${name} was shown as ${before.state}, which it is, and then as ${shown}`);
      }
      if (before?.state === shown) arrived.add(before);
      const last = samples[index - 1];
      if (shown === 'absent' && before && before.state !== shown && last && stateOf(last, name) !== shown) {
        found.push(`${name} vanished, though ${before.state}`);
      }
      const after = factAt(facts, name, until);
      if (after && after.state !== shown && pollsThatTell(after, passages, until) > 1) {
        found.push(`${name} was still shown as ${shown} though ${after.state}`);
      }
    }
  }
  return [...new Set(found)];
}

function stateOf({ rows }: Shown, name: string): string {
  const row = rows.find(({ label }) => label === name);
  return row ? (/^\w+/.exec(row.description)?.[0] ?? '') : 'absent';
}

function factAt(facts: readonly Fact[], name: string, at: number): Fact | undefined {
  return facts.findLast((fact) => fact.name === name && fact.at <= at);
}

/** How many polls, one after the other, asked after the fact and had its news by then. */
function pollsThatTell(fact: Fact, passages: readonly Passage[], until: number): number {
  let polls = 0;
  let lastAt = -Infinity;
  for (const passage of passages) {
    const { askedAt, answeredAt = Infinity } = passage;
    if (askedAt < Math.max(fact.at, lastAt + pollMs) || answeredAt > until || !tells(passage, fact)) continue;
    polls++;
    lastAt = answeredAt;
  }
  return polls;
}

function tells({ kind, line, status, text }: Passage, { id, state }: Fact): boolean {
  if (text === undefined) return false;
  if (kind === 'look') return line.includes(id) && (status === 200 || status === 404);
  if (kind !== 'sandbox list' || status !== 200) return false;
  return state === 'absent' ? line.endsWith('offset=0') && !text.includes(id) : text.includes(id);
}
