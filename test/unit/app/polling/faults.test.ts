import { expect, it, onTestFinished } from 'vitest';
import type { Box } from '../../../../src/api/types';
import type { Collection } from '../../../../src/app/collection';
import { Observable } from '../../../../src/app/observable';
import { Polling } from '../../../../src/app/polling/polling';
import { until } from '../../../harness/until';
import { startScriptedApi, type Override } from '../scripted-api';
import { windowOn } from '../window';

const quick = { usualMs: 5, failingMs: 5, awayMs: 5, slowestMs: 20 };

/** Every listing's ids from now on; the first that breaks the truth of `exists` or shows an id twice is kept. */
function watch(boxes: Collection<Box>, exists: () => ReadonlySet<string>): { untruth: string | undefined } {
  const seen: { untruth: string | undefined } = { untruth: undefined };
  const subscription = boxes.listing.subscribe(({ state }) => {
    const ids = boxes.items.map(({ id }) => id);
    const shown = new Set(ids);
    if (shown.size < ids.length) seen.untruth ??= `${state}: a row stands twice`;
    for (const id of exists()) if (!shown.has(id)) seen.untruth ??= `${state}: a row vanished`;
  });
  onTestFinished(() => subscription.dispose());
  return seen;
}

const faults: [string, Override, string][] = [
  ['cuts every connection', 'break', 'ambiguous'],
  ['answers 500', { status: 500, body: { detail: { message: 'no' } } }, 'server'],
  ['wants to be left alone', { status: 429, headers: { 'retry-after': '0' } }, 'quota'],
  ['sends half of its JSON', { status: 200, raw: '{"sandboxes":[{"id":"' }, 'server'],
  ['sends a page that is none', { status: 200, raw: '<html>' }, 'server'],
];

it.each(faults)(
  'keeps every row once, and its last state, while the server %s; then recovers by itself',
  async (_, fault, cause) => {
    const api = await startScriptedApi();
    onTestFinished(() => api.close());
    const window = await windowOn(api);
    const visibility = new Observable({ boxes: false, snapshots: false, focused: true });
    const polling = new Polling(window, visibility, { looks: quick, lists: quick });
    onTestFinished(() => polling.dispose());
    const { boxes } = window.current.value.session!.inventory;
    const lasting = Array.from({ length: 5 }, () => api.addBox());
    const starting = api.addBox({ status: 'provisioning' });
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('the rows', () => boxes.items.length === 6 || undefined);

    const seen = watch(boxes, () => new Set([...lasting, starting].map(({ id }) => id)));
    api.override = () => fault;
    await until('the fault to be told', () => {
      const listing = boxes.listing.value;
      return (listing.state === 'stale' && listing.failure.cause === cause) || undefined;
    });
    starting.status = 'ready';
    const added = api.addBox();
    expect(boxes.find(starting.id)?.status).toBe('provisioning');
    api.override = undefined;
    await until('the truth', () => {
      const isAll = boxes.listing.value.state === 'ready' && boxes.find(added.id) !== undefined;
      return (isAll && boxes.find(starting.id)?.status === 'ready') || undefined;
    });
    expect(seen.untruth).toBeUndefined();
  },
);
