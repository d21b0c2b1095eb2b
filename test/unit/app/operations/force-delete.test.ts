import { expect, it } from 'vitest';
import { forceDeleteSandbox } from '../../../../src/app/operations/force-delete';
import { aRun, sessionOverScriptedApi } from '../session-over';

it('asks again for what is being deleted already, and is done once the server knows it no more', async () => {
  const { api, session } = await sessionOverScriptedApi();
  const box = api.addBox({ name: 'stuck', status: 'deleting' });
  await session.inventory.boxes.refresh();
  let looks = 0;
  api.override = (request) => {
    if (request === `DELETE /boxes/${box.id}`) return { status: 204 };
    if (request === `GET /boxes/${box.id}` && ++looks === 3) api.boxes.splice(0);
    return undefined;
  };
  expect(await forceDeleteSandbox(session, box, aRun())).toMatchObject({ kind: 'done' });
  expect(api.seen).toContain(`DELETE /boxes/${box.id}`);
  expect(looks).toBe(3);
  expect(session.inventory.boxes.items).toEqual([]);
});

it('tells why the server refuses', async () => {
  const { api, session } = await sessionOverScriptedApi();
  const box = api.addBox({ name: 'stuck', status: 'provisioning' });
  api.override = (request) =>
    request.startsWith('DELETE')
      ? { status: 409, body: { detail: { error: 'Conflict', message: 'It is being captured.' } } }
      : undefined;
  const outcome = await forceDeleteSandbox(session, box, aRun());
  expect(outcome).toMatchObject({ kind: 'failed', failure: { reason: 'It is being captured.' } });
});
