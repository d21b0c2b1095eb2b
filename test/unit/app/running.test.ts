import { expect, it } from 'vitest';
import { runningIn } from '../../../src/app/running';
import { sessionOverScriptedApi } from './session-over';

it('counts what runs among the loaded rows, and says when there may be more', async () => {
  const { api, session } = await sessionOverScriptedApi(3);
  const { inventory } = session;
  expect(runningIn(inventory)).toBeUndefined();
  for (const status of ['ready', 'stopped', 'ready', 'ready'] as const) api.addBox({ status });
  await inventory.boxes.refresh();
  expect(runningIn(inventory)).toEqual({ count: 2, isPartial: true });
  await inventory.boxes.loadMore();
  expect(runningIn(inventory)).toEqual({ count: 3, isPartial: false });
  await inventory.boxes.setFilter('x');
  expect(runningIn(inventory)).toBeUndefined();
});
