import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import type { Workbench } from '../harness/workbench/workbench';
import { startScriptedApi, type ScriptedApi } from '../unit/app/scripted-api';
import { test } from './editor-test';
import { command, connectLangSmith, container, signOut } from './flows';

test.describe.configure({ mode: 'serial' });
test.setTimeout(300_000);

// A browser-hosted editor tells no window that another one changed a secret.

let api: ScriptedApi;
let workbench: Workbench;
let other: Workbench;

test.beforeAll(async ({ editor }) => {
  api = await startScriptedApi();
  api.addBox({ name: 'agent' });
  workbench = editor.workbench;
  await connectLangSmith(workbench, api);
  other = await editor.openWindow();
  await other.openContainer(container);
  await expect(other.view('Sandboxes').row('agent').element).toBeVisible();
});
test.afterAll(async () => {
  await other.page.close();
  await api.close();
});

test('a window is told that another one updated its key, and uses it once it is reloaded', async () => {
  api.apiKey = `key-${randomUUID()}`;
  await workbench.page.bringToFront();
  await workbench.run(command('Update API Key…'));
  await workbench.quickInput.answer('API key for', api.apiKey);
  await workbench.quickInput.hidden();
  await workbench.run(command('Refresh'));
  await expect(workbench.view('Sandboxes').row('agent').description).toHaveText(/^ready/);

  await other.page.bringToFront();
  const told = 'Another window updated the API key of';
  await other.notifications.find(told);
  await other.screenshot('104-key-updated-elsewhere');
  const asked = api.seen.length;
  await other.notifications.press(told, 'Reload Window');
  await expect.poll(() => api.seen.length).toBeGreaterThan(asked);
  await expect(other.view('Sandboxes').row('agent').description).toHaveText(/^ready/);
  await other.run(command('Refresh'));
  expect((await other.notifications.messages()).filter((text) => text.includes('refused'))).toEqual([]);
});

test('a sign-out in one window signs the other out', async () => {
  await workbench.page.bringToFront();
  await signOut(workbench);
  await other.page.bringToFront();
  await expect(other.view('Sandboxes').welcome).toContainText('See your sandboxes and snapshots here.');
  await expect(other.view('Sandboxes').rows).toHaveCount(0);
  await other.screenshot('105-signed-out-elsewhere');
});
