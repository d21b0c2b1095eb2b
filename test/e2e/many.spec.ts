import { expect } from '@playwright/test';
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
import { command, connectLangSmith, signOut } from './flows';

test.describe.configure({ mode: 'serial' });

const count = 120;
const name = (index: number): string => `many-${String(index).padStart(3, '0')}`;
let server: LocalServer;
let workbench: Workbench;
let snapshots: View;

test.beforeAll(async ({ editor }) => {
  server = await startLocalServer();
  const transport = new Transport({ endpoint: server.endpoint, apiKey: new Secret(server.apiKey) });
  const docker_image = `${testEnvironment().registryOpen}/sandbox-base:1`;
  // One after the other: the list is newest first, and the test knows the order.
  const last: string[] = [];
  for (let index = 0; index < count; index++) {
    const body = { name: name(index), docker_image, fs_capacity_bytes: 1024 ** 3 };
    last.push((await createSnapshot(transport, body)).id);
  }
  for (const id of last) await waitForSnapshot(transport, id, { timeoutMs: 120_000 });
  await transport.close();
  workbench = editor.workbench;
  await connectLangSmith(workbench, server);
  snapshots = workbench.view('Snapshots');
});

test.afterAll(async () => {
  await signOut(workbench);
  await endLocalServer(server);
});

test('120 snapshots come in three pages', async () => {
  await expect(snapshots.rows.first()).toHaveAttribute('aria-setsize', '51');
  expect((await snapshots.labels()).at(-1)).toContain('Load more…');
  await workbench.screenshot('40-first-page');
  await (await snapshots.scrollTo('Load more…')).select();
  await expect(snapshots.rows.first()).toHaveAttribute('aria-setsize', '101');
  await (await snapshots.scrollTo('Load more…')).select();
  await expect(snapshots.rows.first()).toHaveAttribute('aria-setsize', '120');
  const newestFirst = Array.from({ length: count }, (_, index) => name(count - 1 - index));
  expect(await snapshots.labels()).toEqual(newestFirst);
});

test('a filter is sent to the server and heeds no case', async () => {
  await workbench.run(command('Filter Snapshots…'));
  await workbench.quickInput.type('MANY-00');
  await workbench.quickInput.accept();
  await expect(snapshots.rows.first()).toHaveAttribute('aria-setsize', '10');
  const matching = Array.from({ length: 10 }, (_, index) => name(9 - index));
  expect(await snapshots.labels()).toEqual(matching);
  await workbench.screenshot('41-filtered');
});

test('a filter that matches nothing says so and can be cleared', async () => {
  await workbench.run(command('Filter Snapshots…'));
  await workbench.quickInput.type('nothing-has-this');
  await workbench.quickInput.accept();
  await expect(snapshots.welcome).toContainText('No snapshot has this in its name');
  await snapshots.welcome.getByRole('button', { name: 'Clear Filter' }).click();
  await expect(snapshots.rows.first()).toHaveAttribute('aria-setsize', '51');
});
