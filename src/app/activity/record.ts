import type { Step } from '../outcome';
import type { Target } from '../target';
import type { SeveralItems } from './items';
import type { Verb } from './verb';

/** One action of the user, from its start to its end, as it is written down. All times are epoch milliseconds. */
export interface ActionRecord {
  readonly id: string;
  readonly verb: Verb;
  /** Of what it is about, as the user wrote it; of several, how many. */
  readonly name: string;
  readonly target: Target;
  readonly startedAt: number;
  /** Of the sandbox or snapshot that it is about, as soon as there is one. */
  readonly resourceId?: string;
  /** Of an action on several. */
  readonly several?: SeveralItems;
  /** What was seen of it, oldest first. */
  readonly lines: readonly Line[];
  readonly end?: End;
}

export interface Line {
  readonly at: number;
  readonly step: Step;
}

export interface End {
  readonly at: number;
  readonly kind: 'done' | 'cancelled' | 'failed';
  /** Of a failure: what could not be done, and why. */
  readonly sentence?: string;
}

const mostLines = 200;

/** With one step more. A step that repeats the one before is no news, and bytes take the place of
 * those before; of too many, the oldest go. */
export function withStep(record: ActionRecord, step: Step, at: number): ActionRecord {
  const last = record.lines.at(-1);
  if (last && JSON.stringify(last.step) === JSON.stringify(step)) return record;
  const before =
    last?.step.kind === 'bytes' && step.kind === 'bytes' ? record.lines.slice(0, -1) : record.lines;
  return { ...record, lines: [...before, { at, step }].slice(-mostLines) };
}

/** Undefined for what is no record, or one that is half written. */
export function parseRecord(text: string): ActionRecord | undefined {
  try {
    const content: unknown = JSON.parse(text);
    return isRecord(content) ? content : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(content: unknown): content is ActionRecord {
  if (typeof content !== 'object' || content === null) return false;
  const { id, verb, name, target, startedAt, lines } = content as Record<string, unknown>;
  return (
    [id, verb, name].every((text) => typeof text === 'string') &&
    typeof target === 'object' &&
    target !== null &&
    typeof startedAt === 'number' &&
    Array.isArray(lines)
  );
}
