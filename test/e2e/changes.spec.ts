import { expect } from '@playwright/test';
import { readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { endLocalServer } from '../harness/end-local-server';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import { testEnvironment } from '../harness/env';
import type { Workbench } from '../harness/workbench/workbench';
import { wireOf } from '../contract/local/fixture/wire';
import { test } from './editor-test';
import { connectLangSmith, container, pickByName, signOut, unique } from './flows';

test.describe.configure({ mode: 'serial' });

const name = unique('agent');
const changing = [
  "sed -i 's/^ID=.*/ID=changed/' /etc/os-release; rm /etc/group",
  'mkdir -p /srv/one /srv/two; cd /srv; echo same >one/same; echo same >two/same',
  'echo 1 >one/file; echo 2 >two/file; echo new >two/new',
].join('; ');
let server: LocalServer;
let workbench: Workbench;

test.beforeAll(async ({ editor }) => {
  server = await startLocalServer();
  const wire = wireOf(server);
  await wire.build(name, `${testEnvironment().registryOpen}/sandbox-base:1`);
  const { id } = await wire.boot({ snapshot: name, name });
  await wire.execute(id, changing);
  workbench = editor.workbench;
  await connectLangSmith(workbench, server);
});

test.afterAll(async () => {
  await workbench.run('View: Close All Editors');
  await signOut(workbench);
  await endLocalServer(server);
});

test('what changed since the snapshot is listed, opens as diffs, and is saved as a patch', async () => {
  const { page, dialog, quickInput } = workbench;
  await workbench.openContainer(container);
  await workbench.view('Sandboxes').row(name).menu('Changed since Snapshot…');
  await expect(dialog.text).toHaveText(`Compare sandbox ${name} with snapshot ${name}?`);
  await workbench.screenshot('changes-01-question');
  await dialog.press('Compare');
  await quickInput.titled(`${name} since snapshot ${name}`);
  await quickInput.pick('os-release');
  await expect(page.locator('.monaco-diff-editor .original .view-lines')).toContainText('ID=sandbox-base');
  await expect(page.locator('.monaco-diff-editor .modified .view-lines')).toContainText('ID=changed');
  await workbench.screenshot('changes-02-diff');

  await page.getByRole('button', { name: 'List Changes Again' }).click();
  await quickInput.titled(`${name} since snapshot ${name}`);
  await workbench.screenshot('changes-03-list');
  await quickInput.press('Save as Patch…');
  await quickInput.titled('Save as Patch');
  const file = path.join(os.tmpdir(), `${name}.patch`);
  await quickInput.saveAs(file);
  await workbench.notifications.find(`Saved ${name}.patch.`);
  const patch = await readFile(file, 'utf8');
  expect(patch).toContain('-ID=sandbox-base\n+ID=changed\n');
  expect(patch).toContain('deleted file mode 100644\n--- a/etc/group\n');
  await rm(file);
});

test('a folder is compared with another, and all that differs opens in one editor', async () => {
  const { page, quickInput } = workbench;
  await workbench.view('Sandboxes').row(name).menu('Compare Folder…');
  await quickInput.answer(`Folder of ${name} to compare`, '/srv/one');
  await quickInput.pick('Folder of a sandbox…');
  await pickByName(workbench, 'Compare Folder', name);
  await quickInput.answer(`Folder of ${name} to compare`, '/srv/two');
  await quickInput.titled(`${name}:/srv/one ↔ ${name}:/srv/two`);
  await workbench.screenshot('changes-04-folders');
  await quickInput.press('Open All');
  await expect(page.locator('.multiDiffEntry').first()).toBeVisible();
  await expect(quickInput.value).toBeHidden();
  await workbench.screenshot('changes-05-all');
});
