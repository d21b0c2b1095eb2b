import { expect, it } from 'vitest';
import { runningOfMine } from '../../../src/app/running-mine';
import { sessionOverScriptedApi } from './session-over';

it('the server is asked for every running and starting sandbox of the key’s owner, all pages', async () => {
  const { api, session } = await sessionOverScriptedApi();
  api.addBox({ status: 'stopped' });
  const starting = api.addBox({ status: 'provisioning' });
  for (let index = 0; index < 120; index++) api.addBox({ status: 'ready' });
  const found = await runningOfMine(session, {});
  expect(found).toHaveLength(121);
  expect(found.at(-1)).toEqual(starting);
  expect(api.seen).toHaveLength(3);
  for (const line of api.seen) expect(line).toContain('created_by=me');
});
