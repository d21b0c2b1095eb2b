import { expect, it } from 'vitest';
import type { EngineContainer } from '../../../../src/local/engine/engine';
import { startBoot, startBox } from '../../../../src/local/lifecycle/boot';
import { boxLabel } from '../../../../src/local/lifecycle/engine-names';
import { removeBox, removeBoxes } from '../../../../src/local/lifecycle/remove-box';
import { stopBox } from '../../../../src/local/lifecycle/stop';
import { deleteBoxRow, findBox, insertBox, type BoxRecord } from '../../../../src/local/store/boxes';
import { insertSnapshot } from '../../../../src/local/store/snapshots';
import { lifecycleOver } from '../fixture/lifecycle';
import { newBox, newSnapshot } from '../fixture/rows';

const never = new AbortController().signal;

function runningContainer(boxId: string): EngineContainer {
  return { id: 'c', name: 'c', labels: { [boxLabel]: boxId }, state: 'running', imageId: 'i' };
}

it('a sandbox that is deleted while it stops stays `deleting`, and can not be started again', async () => {
  let stopped = (): void => undefined;
  const stopping = new Promise<void>((resolve) => (stopped = resolve));
  const lifecycle = lifecycleOver({
    listContainers: () => Promise.resolve([runningContainer(id)]),
    stopContainer: () => stopping,
    removeContainer: () => new Promise(() => undefined),
  });
  const snapshot = insertSnapshot(lifecycle.database, newSnapshot(), 'latest');
  const { id } = insertBox(lifecycle.database, newBox({ snapshot_id: snapshot.id }));
  const stop = stopBox(lifecycle, id, never);
  await new Promise((resolve) => setImmediate(resolve));
  void removeBox(lifecycle, id);
  stopped();
  await stop;
  expect(findBox(lifecycle.database, id)?.status).toBe('deleting');
  await expect(startBox(lifecycle, id, never)).rejects.toThrow('is deleting');
});

it('a boot whose sandbox is gone when its turn comes makes no container', async () => {
  const asked: string[] = [];
  const lifecycle = lifecycleOver({
    inspectContainer: () => Promise.resolve(void asked.push('inspect')),
    createContainer: () => Promise.resolve(String(asked.push('create'))),
  });
  const snapshot = insertSnapshot(lifecycle.database, newSnapshot(), 'latest');
  const box = insertBox(lifecycle.database, newBox({ snapshot_id: snapshot.id, status: 'provisioning' }));
  deleteBoxRow(lifecycle.database, box.id);
  const failure = await startBoot(lifecycle, box);
  expect(failure?.message).toContain('was deleted');
  expect(asked).toEqual([]);
});

it('of several that are deleted one that the engine keeps stays as it was, and is told with the reason', async () => {
  const lifecycle = lifecycleOver({
    removeContainer: (name) =>
      name.endsWith(kept.id) ? Promise.reject(new Error('it is in use')) : Promise.resolve(),
  });
  const { id: snapshot_id } = insertSnapshot(lifecycle.database, newSnapshot(), 'latest');
  const [first, kept, last] = ['first', 'kept', 'last'].map((name) =>
    insertBox(lifecycle.database, newBox({ snapshot_id, name, status: 'stopped', status_message: 'why' })),
  ) as [BoxRecord, BoxRecord, BoxRecord];
  const { deleted, skipped } = await removeBoxes(lifecycle, ['first', kept.id, 'nobody', 'last']);
  expect(deleted.toSorted()).toEqual(['first', 'last']);
  expect(skipped).toEqual(
    expect.arrayContaining([
      { name: kept.id, reason: 'it is in use' },
      { name: 'nobody', reason: 'There is no sandbox nobody here.' },
    ]),
  );
  expect(skipped).toHaveLength(2);
  expect(findBox(lifecycle.database, kept.id)).toMatchObject({ status: 'stopped', status_message: 'why' });
  expect([first, last].map(({ id }) => findBox(lifecycle.database, id))).toEqual([undefined, undefined]);
});
