import { expect } from '@playwright/test';
import { createBox } from '../../src/api/boxes';
import { Secret } from '../../src/api/secret';
import { createSnapshot } from '../../src/api/snapshots';
import { Transport } from '../../src/api/transport';
import { waitForSnapshot } from '../../src/api/wait';
import { testEnvironment } from '../harness/env';
import { endLocalServer } from '../harness/end-local-server';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import type { View } from '../harness/workbench/view';
import type { Workbench } from '../harness/workbench/workbench';
import { test } from './editor-test';
import { command, connectLangSmith, expectSandbox, expectSnapshot, selectRows, signOut } from './flows';

test.describe.configure({ mode: 'serial' });

const names = ['one', 'two', 'three'];
let server: LocalServer;
let workbench: Workbench;
let sandboxes: View;
let snapshots: View;

test.beforeAll(async ({ editor }) => {
  server = await startLocalServer();
  const transport = new Transport({ endpoint: server.endpoint, apiKey: new Secret(server.apiKey) });
  const docker_image = `${testEnvironment().registryOpen}/sandbox-base:1`;
  for (const name of ['used', 'unused']) {
    const { id } = await createSnapshot(transport, { name, docker_image, fs_capacity_bytes: 1024 ** 3 });
    await waitForSnapshot(transport, id, { timeoutMs: 120_000 });
  }
  for (const name of names) await createBox(transport, { name, snapshot_name: 'used' });
  await transport.close();
  workbench = editor.workbench;
  await connectLangSmith(workbench, server);
  sandboxes = workbench.view('Sandboxes');
  snapshots = workbench.view('Snapshots');
  for (const name of names) await expectSandbox(workbench, name, /^ready/);
});

test.afterAll(async () => {
  await signOut(workbench);
  await endLocalServer(server);
});

test('two selected sandboxes are stopped after one question that names them', async () => {
  await selectRows(sandboxes, ['one', 'two']);
  await sandboxes.row('two').menu('Stop Sandbox');
  await expect(workbench.dialog.text).toHaveText('Stop 2 sandboxes?');
  for (const name of ['one', 'two']) await expect(workbench.dialog.detail).toContainText(name);
  await workbench.screenshot('50-stop-several');
  await workbench.dialog.press('Stop');
  for (const name of ['one', 'two']) await expectSandbox(workbench, name, /^stopped/);
  await expectSandbox(workbench, 'three', /^ready/);
});

test('of several in different states, those that a command does not fit are left out', async () => {
  await selectRows(sandboxes, names);
  await sandboxes.row('one').menu('Start Sandbox');
  await expect(workbench.dialog.text).toHaveText('Start 2 sandboxes?');
  await expect(workbench.dialog.detail).toContainText('Left out, as running or busy: 1 sandbox.');
  await workbench.screenshot('51-left-out');
  await workbench.dialog.press('Start');
  for (const name of names) await expectSandbox(workbench, name, /^ready/);
});

test('several are captured under names of their own', async () => {
  await selectRows(sandboxes, ['one', 'two']);
  await sandboxes.row('one').menu('Capture Snapshot…');
  await expect(workbench.dialog.detail).toContainText('two-snapshot, one-snapshot');
  await workbench.screenshot('52-capture-several');
  await workbench.dialog.press('Capture');
  for (const name of ['one', 'two']) await expectSnapshot(workbench, `${name}-snapshot`, /^ready/);
});

test('every sandbox of mine is stopped from the palette', async () => {
  await workbench.run(command('Stop All My Sandboxes…'));
  await expect(workbench.dialog.text).toHaveText('Stop 3 sandboxes?');
  await workbench.screenshot('53-stop-all-mine');
  await workbench.dialog.press('Stop');
  for (const name of names) await expectSandbox(workbench, name, /^stopped/);
});

test('of several snapshots those in use stay, and the summary leads to their sandboxes', async () => {
  await selectRows(snapshots, ['used', 'unused']);
  await snapshots.row('used').menu('Delete Snapshot…');
  await expect(workbench.dialog.text).toHaveText('Delete 2 snapshots?');
  await expect(workbench.dialog.detail).toContainText('three, two, one');
  await workbench.screenshot('54-delete-snapshots');
  await workbench.dialog.press('Delete');
  const summary = await workbench.notifications.find('Deleted 1 of 2 snapshots.');
  await expect(summary).toContainText(
    'Could not delete used: it is in use by 3 sandboxes (three, two, one).',
  );
  await workbench.screenshot('55-partial-failure');
  await workbench.notifications.press('Deleted 1 of 2 snapshots.', 'Show Sandboxes');
  await expect(sandboxes.row('three').element).toHaveAttribute('aria-selected', 'true');
  await expect(snapshots.row('unused').element).toHaveCount(0);
});

test('all selected sandboxes are deleted, and the rows alone tell it', async () => {
  await selectRows(sandboxes, names);
  await sandboxes.row('one').menu('Delete Sandbox…');
  await expect(workbench.dialog.text).toHaveText('Delete 3 sandboxes?');
  await workbench.screenshot('56-delete-sandboxes');
  const before = await workbench.notifications.messages();
  await workbench.dialog.press('Delete');
  await expect(sandboxes.rows).toHaveCount(0);
  const messages = await workbench.notifications.messages();
  expect(messages.filter((message) => !before.includes(message))).toEqual([]);
});
