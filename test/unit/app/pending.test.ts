import { expect, it } from 'vitest';
import { Overtaken } from '../../../src/app/outcome';
import { BusyError, Pending, type PendingAction } from '../../../src/app/pending';

const { signal } = new AbortController();

it('shows an action while it lasts, also when it fails', async () => {
  const pending = new Pending();
  const seen: unknown[] = [];
  const done = pending.during('id', 'stopping', signal, () => {
    seen.push(pending.actions.value.get('id'));
    return Promise.reject(new Error('no'));
  });
  await expect(done).rejects.toThrow('no');
  expect(seen).toEqual(['stopping']);
  expect(pending.actions.value.size).toBe(0);
});

it('ends the earlier action on a resource when a later one begins, and shows the later', async () => {
  const pending = new Pending();
  const waiting = pending.during('id', 'waiting', signal, untilAborted);
  const deleting = pending.during('id', 'deleting', signal, untilAborted);
  await expect(waiting).rejects.toBeInstanceOf(Overtaken);
  expect(pending.actions.value.get('id')).toBe('deleting');
  pending.overtakeAll();
  await expect(deleting).rejects.toBeInstanceOf(Overtaken);
  expect(pending.actions.value.size).toBe(0);
});

it('ends an action with the reason of the one who cancels it', async () => {
  const controller = new AbortController();
  const action = new Pending().during('id', 'starting', controller.signal, untilAborted);
  const reason = new Error('cancelled by hand');
  controller.abort(reason);
  await expect(action).rejects.toBe(reason);
});

it.each<[PendingAction, PendingAction]>([
  ['capturing', 'stopping'],
  ['capturing', 'capturing'],
  ['stopping', 'starting'],
  ['stopping', 'stopping'],
  ['deleting', 'deleting'],
  ['deleting', 'waiting'],
])('while it is %s, refuses %s and lets the one under way go on', async (current, next) => {
  const pending = new Pending();
  const first = pending.during('id', current, signal, untilAborted);
  expect(pending.allows({ id: 'id', status: 'ready' }, next)).toBe(false);
  const second = pending.during('id', next, signal, () => Promise.resolve('ran'));
  await expect(second).rejects.toEqual(new BusyError(current));
  expect(pending.actions.value.get('id')).toBe(current);
  pending.overtakeAll();
  await expect(first).rejects.toBeInstanceOf(Overtaken);
  expect(pending.allows({ id: 'id', status: 'ready' }, next)).toBe(true);
});

it('allows nothing on a resource that the server is deleting', () => {
  expect(new Pending().allows({ id: 'id', status: 'deleting' }, 'deleting')).toBe(false);
});

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) =>
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
  );
}
