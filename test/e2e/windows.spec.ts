import { expect } from '@playwright/test';
import type { Box } from '../../src/api/types';
import { wireOf, type Wire } from '../contract/local/fixture/wire';
import { downloadHeld, holdDownloads, pushFreshImage, releaseDownloads } from '../harness/downloads';
import { endLocalServer } from '../harness/end-local-server';
import { testEnvironment } from '../harness/env';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import type { Workbench } from '../harness/workbench/workbench';
import { test } from './editor-test';
import {
  beginBuild,
  build,
  command,
  connectLangSmith,
  container,
  expectSandbox,
  expectSnapshot,
  nameSandbox,
  pickByName,
  pickFile,
  signOut,
  unique,
} from './flows';

/** Each opens a further window, which is a whole editor. */
test.setTimeout(420_000);

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

test.describe.serial('with a second window beside it', () => {
  const snapshot = unique('shared');
  const box = unique('seen');
  let wire: Wire;
  let other: Workbench;
  const boxOf = (name: string): Promise<Box> => wire.expect<Box>(200, 'GET', `/boxes/${name}`);
  const idleSince = async (name: string) => Date.parse((await boxOf(name)).idle_since ?? '');

  test.beforeAll(async ({ editor }) => {
    other = await editor.openWindow();
    await other.openContainer(container);
    wire = wireOf(server);
  });
  test.afterAll(async () => {
    await other.page.close();
    await workbench.run('View: Close All Editors');
    await workbench.dialog.press("Don't Save");
  });

  test('a sandbox that one window makes is seen in the other within one look', async () => {
    await build(workbench, `${testEnvironment().registryOpen}/sandbox-base:1`, snapshot);
    await expectSnapshot(other, snapshot, /^ready/);
    await workbench.page.bringToFront();
    await workbench.view('Snapshots').row(snapshot).press('Create Sandbox…');
    await nameSandbox(workbench, box);
    await other.page.bringToFront();
    await expectSandbox(other, box, /^ready/);
  });

  test('of two sandboxes with an unsaved file, the one that is kept running outlives its time, and of the other it is told that and why it was stopped', async () => {
    const { notifications } = workbench;
    const [left, kept] = [unique('left'), unique('kept')];
    const seconds = 120; // Enough to press a button in it.
    await workbench.page.bringToFront();
    for (const [name, idle_ttl_seconds] of [
      [left, 60],
      [kept, seconds],
    ] as const) {
      await wire.boot({ snapshot, name, idle_ttl_seconds });
      await wire.upload(name, file, 'as it was\n');
      await change(workbench, name, 'not saved');
    }
    await workbench.run('File: New Untitled Text File'); // A file in sight is looked at, which is a use.
    await notifications.find(`Sandbox ${kept} stops in`);
    await workbench.screenshot('93-stops-soon');
    const before = await idleSince(kept);
    await notifications.press(`Sandbox ${kept} stops in`, 'Keep Running');
    await expect.poll(() => idleSince(kept)).toBeGreaterThan(before);
    const since = await idleSince(kept);

    const why = (time: string) => `was stopped, for nothing used it for ${time}. Its files are there.`;
    await notifications.find(`Sandbox ${left} ${why('1 min')}`, stopPatienceMs);
    await workbench.screenshot('94-stopped');
    await notifications.find(`Sandbox ${kept} ${why('2 min')}`, stopPatienceMs);
    const stoppedAt = Date.parse((await boxOf(kept)).stopped_at ?? '');
    expect(stoppedAt).toBeGreaterThanOrEqual(since + seconds * 1000);
    await workbench.clearNotifications();
  });

  test('who saves a file second that both windows have changed is asked, and sees both', async () => {
    const { page, notifications } = workbench;
    const inSandbox = async () => (await wire.download(box, file)).text();
    await wire.upload(box, file, 'as it was\n');
    await change(workbench, box, 'of the first window');
    await other.page.bringToFront();
    await change(other, box, 'of the second window');
    await other.run('File: Save');
    await expect.poll(inSandbox).toBe('of the second window');

    await page.bringToFront();
    await workbench.run('File: Save');
    await notifications.press(/Failed to save 'shared.txt': The content of the file is newer/, 'Compare');
    await expect(page.locator('.monaco-diff-editor .original .view-lines')).toContainText(
      'of the second window',
    );
    await expect(page.locator('.monaco-diff-editor .modified .view-lines')).toContainText(
      'of the first window',
    );
    await workbench.screenshot('92-second-save');
    expect(await inSandbox()).toBe('of the second window');
    await page.getByRole('button', { name: /overwrite file contents/i }).click();
    await expect.poll(inSandbox).toBe('of the first window');
  });
});

const file = '/srv/shared.txt';
/** An idle time, and the looks of the server and of the window. */
const stopPatienceMs = 240_000;

/** Opens its file there and writes a text over all of it; does not save. */
async function change(window: Workbench, box: string, text: string): Promise<void> {
  const { page } = window;
  await window.run(command('Open File from Sandbox…'));
  await pickByName(window, 'Open File', box);
  await pickFile(window, '/srv/sha', 'shared.txt');
  const lines = page.locator('.editor-instance .view-lines');
  await expect(lines).toContainText('as it was');
  await lines.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
}
