import { expect } from '@playwright/test';
import { downloadHeld, holdDownloads, pushFreshImage, releaseDownloads } from '../harness/downloads';
import { endLocalServer } from '../harness/end-local-server';
import { testEnvironment } from '../harness/env';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import type { Workbench } from '../harness/workbench/workbench';
import { test } from './editor-test';
import {
  beginBuild,
  build,
  connectLangSmith,
  container,
  expectSandbox,
  expectSnapshot,
  nameSandbox,
  signOut,
  unique,
} from './flows';

/** Each opens a further window, which is a whole editor. */
test.setTimeout(300_000);

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

test('a build goes on through a window reload: the same progress, and its end is told once', async ({
  editor,
}) => {
  const name = unique('survivor');
  const image = await pushFreshImage();
  await holdDownloads(image);
  await beginBuild(workbench, `${testEnvironment().registrySlow}/${image}`, name);
  await downloadHeld(image);
  await expect(await workbench.notifications.find(`Building snapshot ${name}`)).toContainText(/pulling/);

  await editor.reload();
  await expect(await workbench.notifications.find(`Building snapshot ${name}`)).toContainText(/pulling/);
  const activity = workbench.view('Activity');
  await workbench.openContainer(container);
  await activity.expand();
  await expect(activity.row(`Build ${name}`).description).toContainText(/pulling/);
  await workbench.screenshot('90-build-after-reload');

  await workbench.run('View: Show Explorer');
  const other = await editor.openWindow();
  await other.openContainer(container);
  await expectSnapshot(other, name, /^building/);
  await releaseDownloads(image);
  await workbench.notifications.find(`Snapshot ${name} is ready.`);
  await expectSnapshot(other, name, /^ready/);
  expect(await other.notifications.messages()).toEqual([]);
  await other.page.close();
});

test('what was done is listed with its end, and its log opens', async () => {
  const name = unique('missing');
  await beginBuild(workbench, `${testEnvironment().registryOpen}/no-such-image:1`, name);
  await workbench.notifications.find(`Could not build snapshot ${name}`);
  await workbench.clearNotifications();
  await workbench.openContainer(container);
  const activity = workbench.view('Activity');
  await activity.expand();
  const row = activity.row(`Build ${name}`);
  await expect(row.description).toContainText('failed after');
  await row.element.click();
  const text = workbench.page.locator('.editor-instance .view-lines');
  await expect(text).toContainText(/Could\snot\sbuild\ssnapshot\s/);
  await workbench.screenshot('91-activity');
  await workbench.run('View: Close Editor');
});

test('a sandbox that one window makes is seen in the other within one look', async ({ editor }) => {
  const snapshot = unique('shared');
  await build(workbench, `${testEnvironment().registryOpen}/sandbox-base:1`, snapshot);
  const other = await editor.openWindow();
  await other.openContainer(container);
  await expectSnapshot(other, snapshot, /^ready/);
  const box = unique('seen');
  await workbench.page.bringToFront();
  await workbench.view('Snapshots').row(snapshot).press('Create Sandbox…');
  await nameSandbox(workbench, box);
  await other.page.bringToFront();
  await expectSandbox(other, box, /^ready/);
  await other.page.close();
});
