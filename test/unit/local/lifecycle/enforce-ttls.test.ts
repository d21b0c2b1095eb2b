import { expect, it } from 'vitest';
import { EngineError } from '../../../../src/local/engine/engine-error';
import { enforceTtls } from '../../../../src/local/lifecycle/enforce-ttls';
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
  const snapshot = insertSnapshot(database, newSnapshot(), 'latest');
  const ttls = { snapshot_id: snapshot.id, idle_ttl_seconds: 600, delete_after_stop_seconds: 600 };
  const [idle, used] = [insertBox(database, newBox(ttls)), insertBox(database, newBox(ttls))];
  activity.hold(used.id);
  await enforceTtls(lifecycle, inAnHour(), never);
  expect(findBox(database, idle.id)).toMatchObject({
    status: 'stopped',
    status_message: 'It was stopped after 600 s without use.',
  });
  await enforceTtls(lifecycle, inAnHour(), never);
  expect(findBox(database, idle.id)).toBeUndefined();
  expect(findBox(database, used.id)?.status).toBe('ready');
  expect(calls).toEqual([`stop langsmith-sandbox-${idle.id}`, `remove langsmith-sandbox-${idle.id}`]);
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
  await enforceTtls(lifecycle, inAnHour(), never);
  expect(findBox(database, stubborn.id)).toMatchObject({ status: 'ready', stopped_at: null });
  expect(findBox(database, fleeting.id)?.status).toBe('stopped');
});
