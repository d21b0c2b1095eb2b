import { expect, it } from 'vitest';
import { sandboxesOn } from '../../../src/app/dependents';
import { sessionOverScriptedApi } from './session-over';

it('the sandboxes on snapshots are found on every page, whether their rows are loaded or not', async () => {
  const { api, session } = await sessionOverScriptedApi();
  const [used, alsoUsed] = [api.addSnapshot(), api.addSnapshot()];
  const first = api.addBox({ snapshot_id: used.id });
  const second = api.addBox({ snapshot_id: alsoUsed.id });
  for (let index = 0; index < 150; index++) api.addBox();
  const last = api.addBox({ snapshot_id: used.id });
  expect(await sandboxesOn(session, [used, alsoUsed], {})).toEqual([last, second, first]);
  expect(session.inventory.boxes.items).toEqual([]);
});
