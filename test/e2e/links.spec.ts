import { expect } from '@playwright/test';
import { endLocalServer } from '../harness/end-local-server';
import { testEnvironment } from '../harness/env';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import type { Workbench } from '../harness/workbench/workbench';
import { test } from './editor-test';
import { build, connectLangSmith, nameSandbox, signOut, unique } from './flows';

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

/** As from another program: the editor asks whether the extension may open it. */
async function openCopiedUrl(): Promise<void> {
  await workbench.run('Developer: Open URL');
  await workbench.page.keyboard.press('ControlOrMeta+V');
  await workbench.quickInput.accept();
  await workbench.dialog.press('Open');
}

test('a copied link opens the editor at its sandbox, and says when that is gone', async () => {
  const snapshot = unique('linked');
  const box = unique('linked-box');
  await build(workbench, `${testEnvironment().registryOpen}/sandbox-base:1`, snapshot);
  await workbench.view('Snapshots').row(snapshot).press('Create Sandbox…');
  await nameSandbox(workbench, box);
  await workbench.view('Sandboxes').row(box).menu('Copy Link');
  await workbench.run('View: Show Explorer');
  await openCopiedUrl();
  await expect(workbench.view('Sandboxes').row(box).element).toHaveAttribute('aria-selected', 'true');

  await workbench.view('Sandboxes').row(box).menu('Delete Sandbox…');
  await workbench.dialog.press('Delete');
  await expect(workbench.view('Sandboxes').row(box).element).toHaveCount(0);
  await openCopiedUrl();
  await workbench.notifications.find(`There is no sandbox ${box} on ${new URL(server.endpoint).host}.`);
});
