import { expect } from '@playwright/test';
import { testEnvironment } from '../harness/env';
import type { Workbench } from '../harness/workbench/workbench';
import { test } from './editor-test';
import {
  build,
  command,
  connectLocal,
  expectSandbox,
  nameCapture,
  nameSandbox,
  pickByName,
  signOut,
  unique,
} from './flows';

test.describe.configure({ mode: 'serial' });

const base = unique('base');
const box = unique('box');
const captured = unique('captured');
let workbench: Workbench;

test.beforeAll(({ editor }) => {
  workbench = editor.workbench;
});
test.afterAll(() => signOut(workbench, 'Disconnect'));

// The whole job on Local, with no account, from the palette alone.

test('Local connects with one click and finds the engine', async () => {
  await connectLocal(workbench);
  await workbench.screenshot('20-local-connected');
});

test('builds and creates', async () => {
  await build(workbench, `${testEnvironment().registryOpen}/sandbox-base:1`, base);
  await workbench.run(command('Create Sandbox…'));
  await pickByName(workbench, 'Create Sandbox', base);
  await nameSandbox(workbench, box);
});

test('shows what the server says of a sandbox', async () => {
  await workbench.run(command('Show Details'));
  await pickByName(workbench, 'Show Details', box);
  await expect(workbench.page.locator('.tab.active')).toContainText(`${box}.json`);
  await expect(workbench.page.locator('.editor-instance')).toContainText('"status"');
  await workbench.screenshot('22-details');
  await workbench.run('View: Close Editor');
});

test('captures, stops and starts through pickers', async () => {
  await workbench.run(command('Capture Snapshot…'));
  await pickByName(workbench, 'Capture Snapshot', box);
  await nameCapture(workbench, captured);
  await workbench.run(command('Stop Sandbox'));
  await pickByName(workbench, 'Stop Sandbox', box);
  await expectSandbox(workbench, box, /^stopped/);
  await workbench.run(command('Start Sandbox'));
  await pickByName(workbench, 'Start Sandbox', box);
  await expectSandbox(workbench, box, /^ready/);
  await workbench.screenshot('21-by-palette');
});

test('finds the same server after a window reload', async ({ editor }) => {
  await editor.reload();
  await workbench.openContainer('LangSmith Sandboxes');
  await expectSandbox(workbench, box, /^ready/);
});

test('deletes both kinds', async () => {
  await workbench.run(command('Delete Sandbox…'));
  await pickByName(workbench, 'Delete Sandbox', box);
  await workbench.dialog.press('Delete');
  await expect(workbench.view('Sandboxes').row(box).element).toHaveCount(0);
  for (const name of [captured, base]) {
    await workbench.run(command('Delete Snapshot…'));
    await pickByName(workbench, 'Delete Snapshot', name);
    await workbench.dialog.press('Delete');
    await expect(workbench.view('Snapshots').row(name).element).toHaveCount(0);
  }
});
