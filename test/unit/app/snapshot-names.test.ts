import { expect, it } from 'vitest';
import { until } from '../../harness/until';
import { sessionOverScriptedApi } from './session-over';

it('asks once for the name of a snapshot that no loaded page holds', async () => {
  const { api, session } = await sessionOverScriptedApi();
  const snapshot = api.addSnapshot({ name: 'python' });
  api.addBox({ snapshot_id: snapshot.id });
  api.addBox({ snapshot_id: snapshot.id });
  const { boxes, snapshotNames } = session.inventory;
  await boxes.refresh();
  await until('the name', () => snapshotNames.names.value.get(snapshot.id));
  await boxes.refresh();
  expect(snapshotNames.names.value.get(snapshot.id)).toBe('python');
  expect(api.seen.filter((line) => line.startsWith('GET /snapshots/'))).toHaveLength(1);
});

it('knows that a snapshot is gone', async () => {
  const { api, session } = await sessionOverScriptedApi();
  api.addBox({ snapshot_id: 'gone' });
  const { boxes, snapshotNames } = session.inventory;
  await boxes.refresh();
  await until('the answer', () => (snapshotNames.names.value.has('gone') ? true : undefined));
  expect(snapshotNames.names.value.get('gone')).toBeNull();
});

it('asks for none when the loaded snapshots have them', async () => {
  const { api, session } = await sessionOverScriptedApi();
  const snapshot = api.addSnapshot({ name: 'python' });
  api.addBox({ snapshot_id: snapshot.id });
  const { boxes, snapshots, snapshotNames } = session.inventory;
  await Promise.all([boxes.refresh(), snapshots.refresh()]);
  expect(snapshotNames.names.value.get(snapshot.id)).toBe('python');
  expect(api.seen).toHaveLength(2);
});
