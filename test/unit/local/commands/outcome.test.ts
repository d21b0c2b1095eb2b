import { expect, it } from 'vitest';
import { howItEnded } from '../../../../src/local/commands/outcome';
import { insertBox } from '../../../../src/local/store/boxes';
import { insertSnapshot } from '../../../../src/local/store/snapshots';
import { lifecycleOver } from '../fixture/lifecycle';
import { newBox, newSnapshot } from '../fixture/rows';

const stopped = { error_type: 'CommandError', error: expect.stringContaining('was stopped') as string };

it.each([
  ['whose end the engine did not see', -1, stopped],
  ['that a signal ended', 137, stopped],
  ['that ended by itself', 3, { type: 'exit', exit_code: 3 }],
])('of a sandbox that was stopped, a command %s', async (_, exitCode, outcome) => {
  const lifecycle = lifecycleOver({});
  const snapshot = insertSnapshot(lifecycle.database, newSnapshot(), 'latest');
  const box = insertBox(lifecycle.database, newBox({ snapshot_id: snapshot.id, status: 'stopped' }));
  const ended = howItEnded(lifecycle, box.id, Promise.resolve([exitCode]), () => undefined);
  expect(await ended).toMatchObject(outcome);
});
