import type { Outcome, Run } from '../outcome';
import type { ActionRecord } from './record';

/** One of several things that an action is about, and how far it is with it. */
export interface Item {
  /** Of the sandbox or snapshot. */
  readonly id: string;
  readonly name: string;
  readonly state: 'waiting' | 'asked' | 'done' | 'failed';
  /** Epoch milliseconds: when the server was asked. */
  readonly askedAt?: number;
  /** Of the snapshot that a capture has begun. */
  readonly madeId?: string;
  /** Why it failed, in words. */
  readonly why?: string;
}

export type ItemChange = Pick<Item, 'id'> & Partial<Omit<Item, 'name'>>;

export interface SeveralItems {
  readonly kind: 'sandboxes' | 'snapshots';
  readonly items: readonly Item[];
}

export function notYet(
  kind: SeveralItems['kind'],
  resources: readonly Pick<Item, 'id' | 'name'>[],
): SeveralItems {
  return { kind, items: resources.map(({ id, name }) => ({ id, name, state: 'waiting' })) };
}

export function withItem(record: ActionRecord, change: ItemChange): ActionRecord {
  const { several } = record;
  if (!several) return record;
  const items = several.items.map((item) => (item.id === change.id ? { ...item, ...change } : item));
  return { ...record, several: { ...several, items } };
}

/** The same act, written down for each item: before the server is asked, and with its end. */
export function noting<T extends Pick<Item, 'id'>>(
  { onItem }: Run,
  wordsOf: (failed: Outcome<unknown, unknown> & { kind: 'failed' }) => string,
  act: (item: T, run: Run) => Promise<Outcome<unknown, unknown>>,
): typeof act {
  if (!onItem) return act;
  return async (item, run) => {
    const { id } = item;
    await onItem({ id, state: 'asked', askedAt: Date.now() });
    const outcome = await act(item, { ...run, onMade: (made) => void onItem({ id, madeId: made.id }) });
    if (outcome.kind === 'done') void onItem({ id, state: 'done' });
    if (outcome.kind === 'failed') void onItem({ id, state: 'failed', why: wordsOf(outcome) });
    return outcome;
  };
}
