import { expect, it, onTestFinished, vi } from 'vitest';
import type { EngineContainer } from '../../../../src/local/engine/engine';
import { boxKey, boxLabel } from '../../../../src/local/lifecycle/engine-names';
import type { Lifecycle } from '../../../../src/local/lifecycle/lifecycle';
import { findBox, insertBox } from '../../../../src/local/store/boxes';
import { insertSnapshot } from '../../../../src/local/store/snapshots';
import { lifecycleOver } from '../fixture/lifecycle';
import { newBox, newSnapshot } from '../fixture/rows';

const never = new AbortController().signal;

/** A clock that moves when it is told to. */
function handClock(): { move(ms: number): void } {
  let time = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => time);
  onTestFinished(() => clock.mockRestore());
  return { move: (ms) => (time += ms) };
}

/** A ready sandbox whose container is in a state that the test sets. */
function readyBox() {
  const clock = handClock();
  const container: EngineContainer = { id: 'c', name: 'c', labels: {}, state: 'paused', imageId: 'i' };
  const lifecycle = lifecycleOver({ listContainers: () => Promise.resolve([{ ...container }]) });
  const { id: snapshot_id } = insertSnapshot(lifecycle.database, newSnapshot(), 'latest');
  const { id } = insertBox(lifecycle.database, newBox({ snapshot_id }));
  container.labels[boxLabel] = id;
  const seenAfter = async (ms: number): Promise<Partial<ReturnType<typeof findBox>>> => {
    clock.move(ms);
    await lifecycle.observer.refresh(never);
    return findBox(lifecycle.database, id);
  };
  return { id, lifecycle, container, seenAfter };
}

const work = (lifecycle: Lifecycle, id: string): Promise<void> =>
  lifecycle.turns.run(boxKey(id), never, () => Promise.resolve());

it('an engine that is slow to list is asked once by all who wait', async () => {
  const clock = handClock();
  let [looks, answer] = [0, (): void => undefined];
  const { observer } = lifecycleOver({
    listContainers: () => {
      looks += 1;
      return new Promise((resolve) => (answer = () => resolve([])));
    },
  });
  const first = observer.refresh(never);
  clock.move(5_000);
  const second = observer.refresh(never);
  expect(looks).toBe(1);
  answer();
  await Promise.all([first, second]);
});

it('a store that can not be written does not count as an engine that does not answer', async () => {
  const lifecycle = lifecycleOver({ listContainers: () => Promise.resolve([]) });
  lifecycle.database.exec('ALTER TABLE boxes RENAME TO gone');
  await lifecycle.observer.refresh(never);
  expect(lifecycle.observer.unreachable).toBeUndefined();
  lifecycle.database.exec('ALTER TABLE gone RENAME TO boxes');
});

it('a sandbox that the engine lists as paused is so when it still is two seconds later', async () => {
  const { seenAfter } = readyBox();
  expect(await seenAfter(0)).toMatchObject({ status: 'ready' });
  expect(await seenAfter(1_500)).toMatchObject({ status: 'ready' });
  const paused = { status: 'failed', status_message: expect.stringContaining('is paused') as string };
  expect(await seenAfter(1_500)).toMatchObject(paused);
});

it('a pause that the engine told of late, or that we made meanwhile, counts for nothing', async () => {
  const { id, lifecycle, container, seenAfter } = readyBox();
  expect(await seenAfter(0)).toMatchObject({ status: 'ready' });
  container.state = 'running';
  expect(await seenAfter(3_000)).toMatchObject({ status: 'ready' });
  container.state = 'paused';
  expect(await seenAfter(3_000)).toMatchObject({ status: 'ready' });
  await work(lifecycle, id);
  expect(await seenAfter(3_000)).toMatchObject({ status: 'ready' });
  expect(await seenAfter(3_000)).toMatchObject({ status: 'failed' });
});

it('a sandbox in which the engine refused work because it is paused is so at the next look', async () => {
  const { id, lifecycle, seenAfter } = readyBox();
  lifecycle.observer.refused(id, true);
  expect(await seenAfter(0)).toMatchObject({ status: 'failed' });
  const other = readyBox();
  other.lifecycle.observer.refused(other.id, false);
  expect(await other.seenAfter(0)).toMatchObject({ status: 'ready' });
});

it('a refusal for a pause counts, whatever a look says that was asked for before it', async () => {
  const clock = handClock();
  const answers: ((containers: EngineContainer[]) => void)[] = [];
  const lifecycle = lifecycleOver({
    listContainers: () => new Promise((resolve) => answers.push(resolve)),
  });
  const { observer, database } = lifecycle;
  const { id: snapshot_id } = insertSnapshot(database, newSnapshot(), 'latest');
  const { id } = insertBox(database, newBox({ snapshot_id }));
  const container = { id: 'c', name: 'c', labels: { [boxLabel]: id }, imageId: 'i' };
  const before = observer.refresh(never);
  clock.move(10);
  observer.refused(id, true);
  const after = observer.refresh(never);
  answers[0]?.([{ ...container, state: 'running' }]);
  await before;
  answers[1]?.([{ ...container, state: 'paused' }]);
  await after;
  expect(findBox(database, id)).toMatchObject({
    status: 'failed',
    status_message: expect.stringContaining('is paused') as string,
  });
});
