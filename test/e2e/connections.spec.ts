import { expect } from '@playwright/test';
import type { Workbench } from '../harness/workbench/workbench';
import { startScriptedApi, type ScriptedApi } from '../unit/app/scripted-api';
import { test } from './editor-test';
import { command, container, signOut } from './flows';

test.describe.configure({ mode: 'serial' });

let api: ScriptedApi;
let workbench: Workbench;

test.beforeAll(async ({ editor }) => {
  api = await startScriptedApi();
  api.addBox({ name: 'agent' });
  workbench = editor.workbench;
  await workbench.openContainer(container);
});
test.afterAll(() => api.close());

async function connectAs(name: string, workspace: string, item: string): Promise<void> {
  const { quickInput } = workbench;
  await workbench.run(command('Connect…'));
  await quickInput.pick(item);
  await quickInput.pick('Self-Hosted…');
  await quickInput.answer('Where LangSmith’s API is', api.endpoint);
  await quickInput.answer('Workspace ID', workspace);
  await quickInput.answer('API key for', api.apiKey);
  await quickInput.answer('What this connection is called', name);
  await quickInput.hidden();
  await expect(workbench.view('Sandboxes').description).toContainText(name);
}

test('two keys for one endpoint go by their names, and one is changed for the other without typing a key', async () => {
  await connectAs('Team', 'of-the-team', 'LangSmith');
  await connectAs('Mine', '', 'Another LangSmith…');
  const { quickInput } = workbench;
  await workbench.run(command('Connect…'));
  await expect(quickInput.option('Mine')).toContainText('connected');
  await expect(quickInput.option('Team')).toContainText('workspace of-the-team');
  await workbench.screenshot('95-connections');
  await quickInput.pick('Team');
  await expect(workbench.view('Sandboxes').description).toContainText('Team');
  await expect(workbench.view('Sandboxes').row('agent').element).toBeVisible();
  await expect(workbench.statusBar).toContainText('Team · 1 running');
  await expect.poll(() => api.workspaces.at(-1)).toBe('of-the-team');
});

test('a name that another connection has is seen as it is typed', async () => {
  const { quickInput } = workbench;
  await workbench.run(command('Connect…'));
  await quickInput.pick('Another LangSmith…');
  await quickInput.pick('Self-Hosted…');
  await quickInput.answer('Where LangSmith’s API is', api.endpoint);
  await quickInput.answer('Workspace ID', 'no workspace');
  await expect(quickInput.message).toContainText('letters, digits and hyphens');
  await quickInput.type('');
  await quickInput.accept('Workspace ID');
  await quickInput.answer('API key for', api.apiKey);
  await expect(quickInput.message).toContainText('What this connection is called');
  await quickInput.type('Mine');
  await expect(quickInput.message).toContainText('will be replaced');
  await quickInput.type('Local');
  await expect(quickInput.message).toContainText('are taken');
  await workbench.screenshot('96-connection-name');
  await quickInput.cancel();
});

test('a key that is refused is asked for again, and nothing else', async () => {
  api.override = () => ({ status: 403, body: { detail: 'The key has been revoked.' } });
  await workbench.run(command('Refresh'));
  await workbench.notifications.find('The server refused the API key of Team.');
  const asked = api.seen.length;
  await workbench.run(command('Refresh'));
  await expect.poll(() => api.seen.length).toBeGreaterThan(asked + 1);
  expect(await workbench.notifications.messages()).toEqual(['The server refused the API key of Team.']);
  await workbench.screenshot('97-key-refused');
  api.override = undefined;
  await workbench.clearNotifications();
  const { quickInput } = workbench;
  await workbench.run(command('Update API Key…'));
  await quickInput.titled('Update API Key of Team');
  await workbench.screenshot('98-update-key');
  await quickInput.answer('API key for', api.apiKey);
  await quickInput.hidden();
  await expect(workbench.view('Sandboxes').row('agent').element).toBeVisible();
  await expect(workbench.view('Sandboxes').description).toHaveText(/Team/);
});

test('one is renamed by the keyboard, in every window, and goes on', async ({ editor }) => {
  const { quickInput, page } = workbench;
  const other = await editor.openWindow();
  await other.openContainer(container);
  await expect(other.view('Sandboxes').description).toContainText('Team');
  await page.bringToFront();
  await workbench.run(command('Connect…'));
  await quickInput.titled('Connect');
  await quickInput.type('rename');
  await quickInput.accept();
  await quickInput.titled('Rename Connection');
  await workbench.screenshot('99-which-connection');
  await quickInput.type('team');
  await quickInput.accept();
  await expect(quickInput.message).toContainText('What Team is called from now on');
  await quickInput.type('Mine');
  await expect(quickInput.message).toContainText('Another connection has this name');
  await quickInput.type('Ours');
  await quickInput.accept('What Team is called');
  for (const window of [workbench, other]) {
    await expect(window.view('Sandboxes').description).toContainText('Ours');
    await expect(window.statusBar).toContainText('Ours · 1 running');
    await expect(window.view('Sandboxes').row('agent').element).toBeVisible();
  }
  await other.page.close();
  await workbench.run(command('Rename Connection…'));
  await quickInput.titled('Rename Connection');
  await quickInput.pick('Ours');
  await quickInput.answer('What Ours is called', 'Team');
  await expect(workbench.view('Sandboxes').description).toContainText('Team');
});

test('one is signed out of by the keyboard where connections are chosen', async () => {
  await connectAs('Third', '', 'Another LangSmith…');
  const { quickInput } = workbench;
  await workbench.run(command('Connect…'));
  await quickInput.pick('Team');
  await expect(workbench.view('Sandboxes').description).toContainText('Team');
  await workbench.run(command('Connect…'));
  await quickInput.titled('Connect');
  await quickInput.type('sign out');
  await workbench.screenshot('99-ways-to-change');
  await quickInput.accept();
  await quickInput.titled('Sign Out');
  await quickInput.type('third');
  await quickInput.accept();
  await expect(workbench.dialog.box.getByRole('button', { name: 'Sign Out', exact: true })).toBeFocused();
  await workbench.page.keyboard.press('Enter');
  await workbench.dialog.box.waitFor({ state: 'hidden' });
  await workbench.run(command('Connect…'));
  await expect(quickInput.option('Team')).toBeVisible();
  await expect(quickInput.option('Third')).toHaveCount(0);
  await quickInput.cancel();
});

test('one that the window does not use is signed out of where connections are chosen', async () => {
  const { quickInput } = workbench;
  await workbench.run(command('Connect…'));
  await quickInput.option('Mine').hover();
  await quickInput.option('Mine').locator('.action-label').click();
  await workbench.dialog.press('Sign Out');
  await expect(workbench.view('Sandboxes').description).toContainText('Team');
  await workbench.run(command('Connect…'));
  await quickInput.titled('Connect');
  await expect(quickInput.option('Team')).toBeVisible();
  await expect(quickInput.option('Mine')).toHaveCount(0);
  await quickInput.cancel();
  await signOut(workbench);
});
