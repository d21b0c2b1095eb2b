import { expect, it } from 'vitest';
import { goneSignal } from '../../../../src/local/lifecycle/departures';
import { removeBox } from '../../../../src/local/lifecycle/remove-box';
import { insertBox } from '../../../../src/local/store/boxes';
import { insertSnapshot } from '../../../../src/local/store/snapshots';
import { lifecycleOver } from '../fixture/lifecycle';
import { newBox, newSnapshot } from '../fixture/rows';

it('whoever keeps a connection to a sandbox is told when it is deleted, others are not, and later nobody waits', async () => {
  const lifecycle = lifecycleOver({ removeContainer: () => Promise.resolve() });
  const { id: snapshot_id } = insertSnapshot(lifecycle.database, newSnapshot(), 'latest');
  const [leaving, staying] = ['leaving', 'staying'].map((name) =>
    insertBox(lifecycle.database, newBox({ snapshot_id, name })),
  );
  const [gone, alsoGone, there] = [leaving!, leaving!, staying!].map(({ id }) => goneSignal(lifecycle, id));
  await removeBox(lifecycle, 'leaving');
  expect(gone?.reason).toEqual(new Error('The sandbox was deleted.'));
  expect([alsoGone?.aborted, there?.aborted]).toEqual([true, false]);
  expect(() => goneSignal(lifecycle, leaving!.id)).toThrow('There is no sandbox');
});

it('a sandbox that the engine keeps was not deleted', async () => {
  const lifecycle = lifecycleOver({ removeContainer: () => Promise.reject(new Error('it is in use')) });
  const { id: snapshot_id } = insertSnapshot(lifecycle.database, newSnapshot(), 'latest');
  const { id } = insertBox(lifecycle.database, newBox({ snapshot_id }));
  const gone = goneSignal(lifecycle, id);
  await expect(removeBox(lifecycle, id)).rejects.toThrow('in use');
  expect(gone.aborted).toBe(false);
});
