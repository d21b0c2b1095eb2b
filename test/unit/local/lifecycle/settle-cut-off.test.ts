import { expect, it } from 'vitest';
import type { EngineContainer, EngineImage } from '../../../../src/local/engine/engine';
import { settleCutOff } from '../../../../src/local/lifecycle/settle-cut-off';
import { findSnapshot, insertSnapshot } from '../../../../src/local/store/snapshots';
import { snapshotKey } from '../../../../src/local/lifecycle/engine-names';
import { lifecycleOver } from '../fixture/lifecycle';
import { newSnapshot } from '../fixture/rows';

const never = new AbortController().signal;
const image = { id: 'sha256:1', sizeBytes: 5, volumes: [] as string[] } as EngineImage;

it('a build that nobody works on any more has failed; one that runs goes on', async () => {
  const lifecycle = lifecycleOver({});
  const { database, tasks } = lifecycle;
  const left = insertSnapshot(database, newSnapshot({ status: 'building' }), 'left');
  const runs = insertSnapshot(database, newSnapshot({ status: 'building' }), 'runs');
  let end = (): void => undefined;
  const task = tasks.start(snapshotKey(runs.id), 'long', () => new Promise((resolve) => (end = resolve)));
  await settleCutOff(lifecycle, never);
  expect(findSnapshot(database, left.id)).toMatchObject({ status: 'failed' });
  expect(findSnapshot(database, runs.id)).toMatchObject({ status: 'building' });
  end();
  await task;
});

it('a capture that the engine still writes is waited for, and kept', async () => {
  let state: EngineContainer['state'] = 'paused';
  const lifecycle = lifecycleOver({
    inspectContainer: () => Promise.resolve({ state } as EngineContainer),
    inspectImage: () => Promise.resolve(image),
  });
  const { database, tasks } = lifecycle;
  const fields = { status: 'building', source_sandbox_id: 'box' } as const;
  const { id } = insertSnapshot(database, newSnapshot(fields), 'latest');
  await settleCutOff(lifecycle, never);
  expect(findSnapshot(database, id)).toMatchObject({ status: 'building' });
  state = 'running';
  await tasks.ended(snapshotKey(id));
  expect(findSnapshot(database, id)).toMatchObject({ status: 'ready', image_digest: image.id });
});

it('a capture stays as it is while the engine can not tell', async () => {
  const lifecycle = lifecycleOver({ inspectContainer: () => Promise.reject(new Error('on purpose')) });
  const fields = { status: 'building', source_sandbox_id: 'box' } as const;
  const { id } = insertSnapshot(lifecycle.database, newSnapshot(fields), 'latest');
  await expect(settleCutOff(lifecycle, never)).rejects.toThrow('on purpose');
  expect(findSnapshot(lifecycle.database, id)).toMatchObject({ status: 'building' });
});
