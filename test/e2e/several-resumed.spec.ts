import { expect } from '@playwright/test';
import type { Workbench } from '../harness/workbench/workbench';
import { startScriptedApi, type ScriptedApi } from '../unit/app/scripted-api';
import { test } from './editor-test';
import { connectLangSmith, container, selectRows, signOut } from './flows';

/** More than are done at once, so that one has not been asked for when the window goes. */
const names = ['one', 'two', 'three', 'four', 'five'];
let api: ScriptedApi;
let workbench: Workbench;

test.beforeAll(async ({ editor }) => {
  api = await startScriptedApi();
  for (const name of names) api.addBox({ name });
  workbench = editor.workbench;
  await connectLangSmith(workbench, api);
});
test.afterAll(async () => {
  await signOut(workbench);
  await api.close();
});

test('what was begun for several is seen to its end after a window reload, and what was not stays', async ({
  editor,
}) => {
  const stops = (): string[] => api.seen.filter((request) => request.endsWith('/stop'));
  api.override = (request) => (request.endsWith('/stop') ? 'hang' : undefined);
  const sandboxes = workbench.view('Sandboxes');
  await selectRows(sandboxes, names);
  await sandboxes.row('two').menu('Stop Sandbox');
  await workbench.dialog.press('Stop');
  await expect.poll(() => stops().length).toBe(4);
  const asked = api.boxes.filter(({ id, name }) =>
    stops().some((stop) => stop.includes(id) || stop.includes(name)),
  );
  const [left] = api.boxes.filter((box) => !asked.includes(box));

  await editor.reload();
  await workbench.openContainer(container);
  await workbench.notifications.find('Stopping 5 sandboxes');
  for (const box of asked) box.status = 'stopped';
  await workbench.notifications.find(`Left as they were: ${left?.name}.`);
  await workbench.screenshot('92-several-after-reload');
  await expect.poll(() => workbench.notifications.messages()).toHaveLength(1);
  expect(stops()).toHaveLength(4);
  api.override = undefined;
  await workbench.clearNotifications();
});
