import { expect, it } from 'vitest';
import type { EngineContainer, EngineImage } from '../../../../src/local/engine/engine';
import { imageName, scratchContainerLabels, snapshotKey } from '../../../../src/local/lifecycle/engine-names';
import { flattenIfDeep } from '../../../../src/local/lifecycle/flatten';
import { sweep } from '../../../../src/local/lifecycle/sweep';
import { findSnapshot, insertSnapshot } from '../../../../src/local/store/snapshots';
import { lifecycleOver } from '../fixture/lifecycle';
import { newSnapshot } from '../fixture/rows';

const never = new AbortController().signal;
const deepImage = {
  id: 'sha256:1',
  layerCount: 101,
  labels: {},
  volumes: [] as string[],
} as unknown as EngineImage;

it('an image that can not be flattened stays what it is, and nothing else stays', async () => {
  const removed: string[] = [];
  const lifecycle = lifecycleOver({
    inspectImage: () => Promise.resolve(deepImage),
    tagImage: () => Promise.resolve(),
    createContainer: ({ name }) => Promise.resolve(name),
    importContainer: () => Promise.reject(new Error('no space left on device')),
    removeContainer: (name) => Promise.resolve(void removed.push(name)),
    removeImage: (name) => Promise.resolve(void removed.push(name)),
  });
  await flattenIfDeep(lifecycle, 'a', never);
  expect(removed).toEqual([
    'langsmith-snapshot-a-deep',
    'langsmith-snapshot-a-flat',
    imageName('test', 'a-deep'),
    imageName('test', 'a-flat'),
  ]);
});

it('a sweep leaves what a flattening needs while it goes on, and takes it away afterwards', async () => {
  const removed: string[] = [];
  const lifecycle = lifecycleOver({
    listContainers: () => Promise.resolve([container]),
    listImages: () => Promise.resolve([{ references } as never]),
    removeContainer: (id) => Promise.resolve(void removed.push(id)),
    removeImage: (name) => Promise.resolve(void removed.push(name)),
  });
  const { database, tasks } = lifecycle;
  const { id } = insertSnapshot(database, newSnapshot(), 'latest');
  const container = {
    id: 'scratch',
    labels: scratchContainerLabels('test', id),
  } as unknown as EngineContainer;
  const references = ['', '-deep', '-flat'].map((part) => imageName('test', `${id}${part}`));
  let end = (): void => undefined;
  const task = tasks.start(snapshotKey(id), 'short', () => new Promise((resolve) => (end = resolve)));
  await sweep(lifecycle, never);
  expect(removed).toEqual([]);
  end();
  await task;
  await sweep(lifecycle, never);
  expect(removed).toEqual(['scratch', ...references.slice(1)]);
  expect(findSnapshot(database, id)).toMatchObject({ status: 'ready' });
});
