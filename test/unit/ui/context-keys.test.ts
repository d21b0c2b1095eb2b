import { describe, expect, it, vi } from 'vitest';
import { failureOf } from '../../../src/app/failure';
import { LocalServerError } from '../../../src/app/local-process/server-error';
import { sessionOverScriptedApi } from '../app/session-over';

vi.mock('vscode', () => ({ commands: {} }));

const { connectionContext, isFailureExplained, listContext, readySnapshotContext } =
  await import('../../../src/ui/context-keys');

const target = { kind: 'local' } as const;

describe('context keys', () => {
  it('tell failures that have a way out of their own from the others', () => {
    const context = (problem: ConstructorParameters<typeof LocalServerError>[0]) =>
      connectionContext({ state: 'failed', target, failure: failureOf(new LocalServerError(problem)) });
    expect(context('no-engine')).toBe('no-engine');
    expect(context('local-key-refused')).toBe('local-key-refused');
    expect(context('local-silent')).toBe('failed');
    expect(connectionContext({ state: 'signed-out' })).toBe('signed-out');
  });

  it('tell an empty list from one that a filter left empty, and from one not known', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const { boxes } = session.inventory;
    expect(listContext(boxes)).toBe('unknown');
    await boxes.refresh();
    expect(listContext(boxes)).toBe('empty');
    await boxes.setFilter('x');
    expect(listContext(boxes)).toBe('no-match');
    api.addBox({ name: 'x' });
    await boxes.refresh();
    expect(listContext(boxes)).toBe('rows');
  });

  it('tell why a list never came', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const { boxes, snapshots } = session.inventory;
    api.override = () => ({ status: 403 });
    await boxes.refresh();
    expect(listContext(boxes)).toBe('refused');
    await api.close();
    await snapshots.refresh();
    expect(listContext(snapshots)).toBe('unreachable');
  });

  it('tell that an empty list could not be had again, rather than that there is nothing', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const { boxes } = session.inventory;
    await boxes.refresh();
    api.override = () => ({ status: 403 });
    await boxes.refresh();
    expect(boxes.listing.value.state).toBe('stale');
    expect(listContext(boxes)).toBe('refused');
  });

  it('tell whether there is a snapshot to boot from, where the whole list is known', async () => {
    const { api, session } = await sessionOverScriptedApi(1);
    const { snapshots } = session.inventory;
    expect(readySnapshotContext(snapshots)).toBe('unknown');
    await snapshots.refresh();
    expect(readySnapshotContext(snapshots)).toBe('none');
    const failed = api.addSnapshot({ name: 'a', status: 'failed' });
    await snapshots.refresh();
    expect(readySnapshotContext(snapshots)).toBe('none');
    await snapshots.setFilter('b');
    expect(readySnapshotContext(snapshots)).toBe('unknown');
    await snapshots.setFilter('');
    snapshots.upsert({ ...failed, status: 'ready' });
    expect(readySnapshotContext(snapshots)).toBe('some');
  });

  it('know where a failed connection stands explained in place of rows', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const failed = (problem: ConstructorParameters<typeof LocalServerError>[0]) =>
      ({ state: 'failed', target, failure: failureOf(new LocalServerError(problem)) }) as const;
    expect(isFailureExplained(failed('no-engine'))).toBe(true);
    expect(isFailureExplained(failed('local-silent'))).toBe(false);
    expect(isFailureExplained({ state: 'connected', target, endpoint: api.endpoint, session })).toBe(false);
    api.addBox({ name: 'x' });
    await session.inventory.boxes.refresh();
    expect(isFailureExplained({ ...failed('no-engine'), session })).toBe(false);
  });
});
