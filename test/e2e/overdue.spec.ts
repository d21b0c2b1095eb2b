import { expect } from '@playwright/test';
import type { View } from '../harness/workbench/view';
import type { Workbench } from '../harness/workbench/workbench';
import { startScriptedApi, type ScriptedApi } from '../unit/app/scripted-api';
import { test } from './editor-test';
import { connectLangSmith, expectSandbox, pasted, signOut } from './flows';

test.describe.configure({ mode: 'serial' });

const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
const waysOut = ['Recreate Sandbox from Snapshot…', 'Copy Diagnostics', 'Force Delete…'];
let api: ScriptedApi;
let workbench: Workbench;
let sandboxes: View;

test.beforeAll(async ({ editor }) => {
  api = await startScriptedApi();
  const { id: snapshot_id } = api.addSnapshot({ name: 'python' });
  const old = { snapshot_id, created_at: hourAgo, updated_at: hourAgo };
  api.addBox({ ...old, name: 'stuck', status: 'provisioning' });
  api.addBox({ ...old, name: 'lingering', status: 'deleting' });
  api.addBox({ snapshot_id, name: 'coming', status: 'provisioning', updated_at: new Date().toISOString() });
  workbench = editor.workbench;
  await connectLangSmith(workbench, api);
  sandboxes = workbench.view('Sandboxes');
});
test.afterAll(async () => {
  await signOut(workbench);
  await api.close();
});

test('what is stuck on its way is marked, and has ways out that others have not', async () => {
  await expectSandbox(workbench, 'stuck', /^provisioning · overdue · 1 h/);
  await expectSandbox(workbench, 'lingering', /^deleting · overdue$/);
  await expectSandbox(workbench, 'coming', /^provisioning · \d+ (?:s|min) /);
  for (const name of ['stuck', 'lingering']) {
    await expect(sandboxes.row(name).icon).toHaveClass(/codicon-warning/);
    const offered = await sandboxes.row(name).menuItems();
    expect(offered).toEqual(expect.arrayContaining(waysOut));
    expect(offered).not.toContain('Delete Sandbox…');
  }
  const usual = await sandboxes.row('coming').menuItems();
  expect(usual.filter((item) => waysOut.includes(item))).toEqual(['Copy Diagnostics']);
  await workbench.screenshot('63-overdue');
});

test('its diagnostics are copied', async () => {
  await sandboxes.row('stuck').menu('Copy Diagnostics');
  await expect(workbench.statusBar).toContainText('Copied diagnostics of stuck');
  const text = await pasted(workbench);
  expect(text).toContain('"name": "stuck"');
  expect(text).toContain(`"updated_at": "${hourAgo}"`);
  expect(text).not.toContain(api.apiKey);
});

test('it is recreated from its snapshot, under its name', async () => {
  const { id, snapshot_id } = api.boxes.find(({ name }) => name === 'stuck')!;
  await sandboxes.row('stuck').menu('Recreate Sandbox from Snapshot…');
  await workbench.dialog.press('Recreate');
  await expectSandbox(workbench, 'stuck', /^ready/);
  expect(api.seen).toContain(`DELETE /boxes/${id}`);
  expect(api.bodies.at(-1)).toMatchObject({ name: 'stuck', snapshot_id });
});

test('one that lingers while it is deleted is deleted once more', async () => {
  const { id } = api.boxes.find(({ name }) => name === 'lingering')!;
  await sandboxes.row('lingering').menu('Force Delete…');
  await expect(workbench.dialog.detail).toContainText('It has been deleting for 1 h.');
  await workbench.screenshot('64-force-delete');
  await workbench.dialog.press('Force Delete');
  await expect(sandboxes.row('lingering').element).toHaveCount(0);
  expect(api.seen).toContain(`DELETE /boxes/${id}`);
});
