import { expect, it } from 'vitest';
import { EngineError } from '../../../../src/local/engine/engine-error';
import { ttlEnforcer } from '../../../../src/local/lifecycle/enforce-ttls';
import { patchBox } from '../../../../src/local/lifecycle/patch-box';
import { findBox, insertBox } from '../../../../src/local/store/boxes';
import { insertSnapshot } from '../../../../src/local/store/snapshots';
import { lifecycleOver } from '../fixture/lifecycle';
import { newBox, newSnapshot } from '../fixture/rows';

const never = new AbortController().signal;
const inAnHour = (): number => Date.now() + 3_600_000;

it('an idle sandbox is stopped and then deleted, one in use is neither', async () => {
  const calls: string[] = [];
  const lifecycle = lifecycleOver({
    stopContainer: (id) => Promise.resolve(void calls.push(`stop ${id}`)),
    removeContainer: (id) => Promise.resolve(void calls.push(`remove ${id}`)),
  });
  const { database, activity } = lifecycle;
  const enforceTtls = ttlEnforcer(lifecycle);
  const snapshot = insertSnapshot(database, newSnapshot(), 'latest');
  const ttls = { snapshot_id: snapshot.id, idle_ttl_seconds: 600, delete_after_stop_seconds: 600 };
  const [idle, used] = [insertBox(database, newBox(ttls)), insertBox(database, newBox(ttls))];
  activity.hold(used.id);
  await enforceTtls(inAnHour(), never);
  expect(findBox(database, idle.id)).toMatchObject({
    status: 'stopped',
    status_message: 'It was stopped after 600 s without use.',
  });
  await enforceTtls(inAnHour(), never);
  expect(findBox(database, idle.id)).toBeUndefined();
  expect(findBox(database, used.id)?.status).toBe('ready');
  expect(calls).toEqual([`stop langsmith-sandbox-${idle.id}`, `remove langsmith-sandbox-${idle.id}`]);
});

it('a sandbox outlives the time of its stop by as long as it was used after that was set, to the second', async () => {
  const stopped: string[] = [];
  const clock = { ms: inAnHour() };
  const lifecycle = lifecycleOver(
    { stopContainer: (id) => Promise.resolve(void stopped.push(id)) },
    () => clock.ms,
  );
  const { database, activity } = lifecycle;
  const { id: snapshot_id } = insertSnapshot(database, newSnapshot(), 'latest');
  const { id } = insertBox(database, newBox({ snapshot_id, idle_ttl_seconds: 60 }));
  const enforceTtls = ttlEnforcer(lifecycle);
  const start = clock.ms;
  for (const second of [0, 54, 57]) {
    clock.ms = start + second * 1000;
    activity.hold(id)();
    await enforceTtls(clock.ms, never);
  }
  for (const second of [60, 114, 116.9]) await enforceTtls(start + second * 1000, never);
  expect(stopped).toEqual([]);
  await enforceTtls(start + 117_000, never);
  expect(stopped).toEqual([`langsmith-sandbox-${id}`]);
});

it('what the engine refuses to stop is ready still, and the next one has its turn', async () => {
  const lifecycle = lifecycleOver({
    stopContainer: () => Promise.reject(new EngineError('other', 'on purpose')),
    removeContainer: () => Promise.resolve(),
  });
  const { database } = lifecycle;
  const snapshot = insertSnapshot(database, newSnapshot(), 'latest');
  const stubborn = newBox({ snapshot_id: snapshot.id, idle_ttl_seconds: 600 });
  insertBox(database, stubborn);
  const fleeting = newBox({ snapshot_id: snapshot.id, idle_ttl_seconds: 600, persistent: false });
  insertBox(database, fleeting);
  await ttlEnforcer(lifecycle)(inAnHour(), never);
  expect(findBox(database, stubborn.id)).toMatchObject({ status: 'ready', stopped_at: null });
  expect(findBox(database, fleeting.id)?.status).toBe('stopped');
});

it('what failed otherwise is tried at the next time again', async () => {
  let stops = 0;
  const lifecycle = lifecycleOver({
    stopContainer: () => {
      stops += 1;
      return Promise.reject(new EngineError('engine-unreachable', 'it is away'));
    },
  });
  const { id: snapshot_id } = insertSnapshot(lifecycle.database, newSnapshot(), 'latest');
  insertBox(lifecycle.database, newBox({ snapshot_id, idle_ttl_seconds: 600 }));
  const enforceTtls = ttlEnforcer(lifecycle);
  const start = inAnHour();
  for (const second of [0, 5, 10]) await enforceTtls(start + second * 1000, never);
  expect(stops).toBe(3);
});

it('a sandbox that can not be paused says so, runs on with its memory, and is asked for ever less often', async () => {
  let pauses = 0;
  const lifecycle = lifecycleOver({
    pauseContainer: () => {
      pauses += 1;
      return Promise.reject(new EngineError('other', 'no freezer here'));
    },
  });
  const { database } = lifecycle;
  const snapshot = insertSnapshot(database, newSnapshot(), 'latest');
  const asked = { snapshot_id: snapshot.id, idle_ttl_seconds: 600, preserve_memory_on_stop: true };
  const { id } = insertBox(database, newBox(asked));
  const enforceTtls = ttlEnforcer(lifecycle);
  const start = inAnHour();
  for (let second = 0; second < 3600; second += 5) await enforceTtls(start + second * 1000, never);
  expect(pauses).toBe(11);
  expect(findBox(database, id)).toMatchObject({
    status: 'ready',
    stopped_at: null,
    status_message: expect.stringContaining('can not pause it: no freezer here. It runs on') as string,
  });
  lifecycle.engine.pauseContainer = () => Promise.resolve();
  await enforceTtls(start + 2 * 3_600_000, never);
  expect(findBox(database, id)?.status).toBe('stopped');
});

it('a stopped sandbox is deleted by the time it was given last', async () => {
  const lifecycle = lifecycleOver({ removeContainer: () => Promise.resolve() });
  const { database } = lifecycle;
  const snapshot = insertSnapshot(database, newSnapshot(), 'latest');
  const stopped = { status: 'stopped', stopped_at: new Date().toISOString() } as const;
  const asked = { snapshot_id: snapshot.id, delete_after_stop_seconds: 600, ...stopped };
  const { id } = insertBox(database, newBox(asked));
  const enforceTtls = ttlEnforcer(lifecycle);
  patchBox(lifecycle, id, { delete_after_stop_seconds: 7200 });
  await enforceTtls(inAnHour(), never);
  expect(findBox(database, id)?.status).toBe('stopped');
  patchBox(lifecycle, id, { delete_after_stop_seconds: 60 });
  await enforceTtls(inAnHour(), never);
  expect(findBox(database, id)).toBeUndefined();
});
