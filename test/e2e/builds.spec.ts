import { expect } from '@playwright/test';
import { downloadHeld, holdDownloads, pushFreshImage, releaseDownloads } from '../harness/downloads';
import { testEnvironment } from '../harness/env';
import { endLocalServer } from '../harness/end-local-server';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import type { Workbench } from '../harness/workbench/workbench';
import { test } from './editor-test';
import { beginBuild, command, connectLangSmith, expectSnapshot, signOut, unique } from './flows';

let server: LocalServer;
let workbench: Workbench;

test.beforeAll(async ({ editor }) => {
  server = await startLocalServer();
  workbench = editor.workbench;
  await connectLangSmith(workbench, server);
});
test.afterAll(async () => {
  await signOut(workbench);
  await endLocalServer(server);
});

test('a private registry: a wrong password gives a clear error, and retrying with the right one works', async () => {
  const { registryAuth, registryUser, registryPassword } = testEnvironment();
  const name = unique('private');
  await workbench.run(command('Build Snapshot from Docker Image…'));
  await workbench.quickInput.titled('Build Snapshot');
  await workbench.quickInput.type(`${registryAuth}/sandbox-base:1`);
  await workbench.quickInput.pick(`${registryAuth}/sandbox-base:1`);
  await workbench.quickInput.answer('Name of the snapshot', name);
  await workbench.quickInput.option('Registry').waitFor();
  await workbench.screenshot('30-build-review');
  await workbench.quickInput.pick('Registry');
  await workbench.quickInput.pick('New Credentials…');
  await expect(workbench.quickInput.value).toHaveValue(registryAuth);
  await workbench.quickInput.accept();
  await workbench.quickInput.answer('User name for', registryUser);
  await expect(workbench.quickInput.message).toContainText('Password');
  await workbench.quickInput.type('wrong password');
  await workbench.screenshot('31-registry-password');
  await workbench.quickInput.accept();
  await workbench.quickInput.pick('Build Snapshot');

  const refusal = await workbench.notifications.find(`Could not build snapshot ${name}`);
  await expect(refusal).toContainText(registryAuth);
  await expect(refusal).toContainText('refused the user name or password');
  await expectSnapshot(workbench, name, /^failed: /);
  await workbench.screenshot('32-wrong-password');

  await workbench.notifications.press(`Could not build snapshot ${name}`, 'Update Credentials');
  await workbench.quickInput.titled('Update Credentials');
  await workbench.quickInput.answer('Registry host', registryAuth);
  await workbench.quickInput.answer('User name for', registryUser);
  await workbench.quickInput.answer('Password', registryPassword);
  await expectSnapshot(workbench, name, /^ready/);
  await workbench.screenshot('33-right-password');
});

test('a slow build shows its step; cancelling stops the wait and asks what becomes of it', async () => {
  const name = unique('slow');
  const image = await pushFreshImage();
  await holdDownloads(image);
  await beginBuild(workbench, `${testEnvironment().registrySlow}/${image}`, name);
  await downloadHeld(image);
  const progress = await workbench.notifications.find(`Building snapshot ${name}`);
  await expect(progress).toContainText(/pulling/);
  await expectSnapshot(workbench, name, /^building/);
  await workbench.screenshot('34-building');

  await workbench.notifications.press(`Building snapshot ${name}`, 'Cancel');
  await workbench.notifications.gone(`Building snapshot ${name}`);
  await workbench.notifications.find(`Stopped waiting for snapshot ${name}`);
  await workbench.screenshot('35-cancelled');
  await workbench.notifications.press(`Stopped waiting for snapshot ${name}`, 'Delete It');
  await expect(workbench.view('Snapshots').row(name).element).toHaveCount(0);
});

test('a build that was left running becomes ready by itself', async () => {
  const name = unique('left');
  const image = await pushFreshImage();
  await holdDownloads(image);
  await beginBuild(workbench, `${testEnvironment().registrySlow}/${image}`, name);
  await downloadHeld(image);
  await workbench.notifications.press(`Building snapshot ${name}`, 'Cancel');
  await workbench.notifications.press(`Stopped waiting for snapshot ${name}`, 'Leave It Running');
  await releaseDownloads(image);
  await expectSnapshot(workbench, name, /^ready/);
});

test('a failed pull shows its reason in the row and in one sentence', async () => {
  const name = unique('missing');
  await beginBuild(workbench, `${testEnvironment().registryOpen}/no-such-image:1`, name);
  const failure = await workbench.notifications.find(`Could not build snapshot ${name}`);
  await expect(failure).toContainText('no-such-image');
  await expectSnapshot(workbench, name, /^failed: .*no-such-image/);
  await workbench.screenshot('36-failed-pull');
  await workbench.notifications.press(`Could not build snapshot ${name}`, 'Show Log');
  await expect(workbench.page.locator('.part.panel')).toContainText(
    /POST\s\/api\/v2\/sandboxes\/snapshots\s201/,
  );
  await workbench.screenshot('37-log');
  await workbench.run('View: Hide Panel');
  await expect(workbench.page.locator('.part.panel')).toBeHidden();
});

test('a name that is no name is told while typing', async () => {
  await workbench.run(command('Build Snapshot from Docker Image…'));
  await workbench.quickInput.titled('Build Snapshot');
  await workbench.quickInput.type('Not An Image');
  await expect(workbench.quickInput.options.first()).toContainText('image');
  await workbench.quickInput.type('python:3.12');
  await workbench.quickInput.pick('python:3.12');
  await expect(workbench.quickInput.message).toContainText('Name of the snapshot');
  await expect(workbench.quickInput.value).toHaveValue('python');
  await workbench.quickInput.type('Upper Case');
  await expect(workbench.quickInput.message).toContainText('lowercase letters');
  await workbench.screenshot('38-bad-name');
  await workbench.quickInput.cancel();
});
