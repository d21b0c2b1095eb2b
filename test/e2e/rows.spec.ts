import { expect } from '@playwright/test';
import { createBox, startBox, stopBox } from '../../src/api/boxes';
import { Secret } from '../../src/api/secret';
import { captureSnapshot, createSnapshot } from '../../src/api/snapshots';
import { Transport } from '../../src/api/transport';
import { waitForBox, waitForSnapshot } from '../../src/api/wait';
import { testEnvironment } from '../harness/env';
import { endLocalServer } from '../harness/end-local-server';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import type { View } from '../harness/workbench/view';
import type { Workbench } from '../harness/workbench/workbench';
import { test } from './editor-test';
import { command, connectLangSmith, expectSandbox, expectSnapshot, signOut } from './flows';

test.describe.configure({ mode: 'serial' });

let server: LocalServer;
let transport: Transport;
let workbench: Workbench;
let sandboxes: View;
let snapshots: View;
const wait = { timeoutMs: 120_000 };

test.beforeAll(async ({ editor }) => {
  server = await startLocalServer();
  transport = new Transport({ endpoint: server.endpoint, apiKey: new Secret(server.apiKey) });
  const docker_image = `${testEnvironment().registryOpen}/sandbox-base:1`;
  const base = await createSnapshot(transport, { name: 'base', docker_image, fs_capacity_bytes: 1024 ** 3 });
  await waitForSnapshot(transport, base.id, wait);
  for (const [name, team] of [
    ['setup', 'data'],
    ['agent', 'web'],
    ['idle', 'web'],
  ] as const) {
    const { id } = await createBox(transport, { name, snapshot_id: base.id, labels: { team } });
    await waitForBox(transport, id, wait);
  }
  const { id } = await captureSnapshot(transport, 'setup', { name: 'set-up' });
  await waitForSnapshot(transport, id, wait);
  await stopBox(transport, 'idle');
  workbench = editor.workbench;
  await connectLangSmith(workbench, server);
  sandboxes = workbench.view('Sandboxes');
  snapshots = workbench.view('Snapshots');
  await expectSandbox(workbench, 'idle', /^stopped/);
  await expectSnapshot(workbench, 'set-up', /^ready/);
});

test.afterAll(async () => {
  await signOut(workbench);
  await transport.close();
  await endLocalServer(server);
});

test('sandboxes are grouped by their status, and stay unfolded and selected as they move', async () => {
  await sandboxes.more('Group By…');
  await workbench.quickInput.pick('Status');
  await expect(sandboxes.row('ready').description).toHaveText('2');
  await expect(sandboxes.row('stopped').description).toHaveText('1');
  await sandboxes.row('agent').select();
  await expect(sandboxes.row('from base').element).toBeVisible();
  await workbench.screenshot('60-grouped-by-status');
  await sandboxes.row('agent').press('Stop Sandbox');
  await expect(sandboxes.row('stopped').description).toHaveText('2');
  await expect(sandboxes.row('from base').element).toBeVisible();
  await expect(sandboxes.row('agent').element).toHaveAttribute('aria-selected', 'true');
  await sandboxes.row('stopped').select();
  await expect(sandboxes.row('agent').element).toHaveCount(0);
  await workbench.run(command('Refresh'));
  await expect(sandboxes.row('stopped').element).toHaveAttribute('aria-expanded', 'false');
});

test('a sandbox that somebody else starts moves with what is open below it, and stays selected', async () => {
  await sandboxes.row('stopped').select();
  await sandboxes.row('idle').select();
  await waitForBox(transport, (await startBox(transport, 'idle')).id, wait);
  await workbench.run(command('Refresh'));
  await expect(sandboxes.row('ready').description).toHaveText('2');
  await expect(sandboxes.row('idle').description).toHaveText(/^ready/);
  await expect(sandboxes.row('idle').element).toHaveAttribute('aria-expanded', 'true');
  await expect(sandboxes.row('idle').element).toHaveAttribute('aria-selected', 'true');
  await stopBox(transport, 'idle');
  await workbench.run(command('Refresh'));
  await expect(sandboxes.row('stopped').description).toHaveText('2');
  await expect(sandboxes.row('idle').element).toHaveAttribute('aria-selected', 'true');
});

test('a row below another leads to the one that it names', async () => {
  await sandboxes.row('setup').select();
  await sandboxes.row('set-up').select();
  await expect(snapshots.row('set-up').element).toHaveAttribute('aria-selected', 'true');
  await snapshots.row('base').select();
  await expect(snapshots.row('idle').description).toHaveText('stopped');
  expect(await snapshots.row('idle').menuItems()).toEqual(['Show']);
  await workbench.page.keyboard.press('Escape');
  await workbench.screenshot('61-lineage');
  await snapshots.row('base').select();
});

test('sandboxes are grouped by a label, and put back', async () => {
  await sandboxes.more('Group By…');
  await workbench.quickInput.pick('Label…');
  await workbench.quickInput.pick('team');
  await expect(sandboxes.row('web').description).toHaveText('2');
  await expect(sandboxes.row('data').description).toHaveText('1');
  await workbench.screenshot('62-grouped-by-label');
  await sandboxes.more('Group By…');
  await workbench.quickInput.pick('None');
  await expect(sandboxes.row('web').element).toHaveCount(0);
});
