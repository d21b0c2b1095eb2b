import { expect } from '@playwright/test';
import { execute } from '../../src/api/commands';
import { getBox } from '../../src/api/boxes';
import { Secret } from '../../src/api/secret';
import { Transport } from '../../src/api/transport';
import type { ExecuteReply } from '../../src/api/wire/dataplane';
import { testEnvironment } from '../harness/env';
import { endLocalServer } from '../harness/end-local-server';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import type { Workbench } from '../harness/workbench/workbench';
import { test } from './editor-test';
import {
  build,
  connectLangSmith,
  container,
  expectSandbox,
  nameCapture,
  nameSandbox,
  pickByName,
  pickBySearch,
  unique,
  giveEndpoint,
  isRemembered,
  signOut,
} from './flows';

test.describe.configure({ mode: 'serial' });

const kept = ['/usr/local/kept', '/root/kept', '/opt/kept', '/home/kept'];
const base = unique('base');
const first = unique('first');
const second = unique('second');
const captured = unique('captured');
const reborn = unique('reborn');
let server: LocalServer;
let transport: Transport;
let workbench: Workbench;

test.beforeAll(async ({ editor }) => {
  server = await startLocalServer();
  transport = new Transport({ endpoint: server.endpoint, apiKey: new Secret(server.apiKey) });
  workbench = editor.workbench;
});

test.afterAll(async () => {
  await transport.close();
  await endLocalServer(server);
});

async function inside(box: string, line: string): Promise<ExecuteReply> {
  return execute(transport, await getBox(transport, box), { command: line, timeout: 30 });
}

test('a wrong API key is refused under the field', async () => {
  await workbench.openContainer(container);
  await workbench.screenshot('01-not-connected');
  await giveEndpoint(workbench, server.endpoint);
  await workbench.quickInput.type('not-the-key');
  await workbench.quickInput.accept();
  await expect(workbench.quickInput.message).toContainText('refused the API key');
  await workbench.screenshot('02-wrong-key');
  await workbench.quickInput.cancel();
});

test('the right one connects, and is found again after a window reload', async ({ editor }) => {
  await connectLangSmith(workbench, server);
  await editor.stored((state) => isRemembered(state, server.endpoint));
  await editor.reload();
  await workbench.openContainer(container);
  await expect(workbench.view('Sandboxes').description).toContainText(new URL(server.endpoint).host);
  await expect(workbench.view('Snapshots').welcome).toContainText('No snapshots yet');
  await workbench.screenshot('03-connected-and-empty');
});

test('a snapshot is built from a public registry', async () => {
  await build(workbench, `${testEnvironment().registryOpen}/sandbox-base:1`, base);
  await workbench.screenshot('04-built');
});

test('two sandboxes boot from one snapshot: by its name and by its id', async () => {
  await workbench.run(`${container}: Create Sandbox…`);
  await pickByName(workbench, 'Create Sandbox', base);
  await nameSandbox(workbench, first);

  await workbench.view('Snapshots').row(base).menu('Copy ID');
  await workbench.run(`${container}: Create Sandbox…`);
  const { snapshot_id: id } = await getBox(transport, first);
  await pickBySearch(workbench, 'Create Sandbox', id ?? '', base);
  await nameSandbox(workbench, second);
  await workbench.screenshot('05-two-sandboxes');
});

test('a right-click captures it: files are kept, /tmp and processes are not', async () => {
  const write = [...kept, '/tmp/lost'].map((file) => `echo here > ${file}`).join('; ');
  await inside(first, `${write}; sleep 4242 </dev/null >/dev/null 2>&1 &`);
  const processes = `cat /proc/[0-9]*/cmdline | tr '\\0' ' '`;
  await expect.poll(async () => (await inside(first, processes)).stdout).toContain('sleep 4242');

  const row = workbench.view('Sandboxes').row(first);
  expect(await row.menuItems()).toContain('Capture Snapshot…');
  await row.menu('Capture Snapshot…');
  await nameCapture(workbench, captured);
  await workbench.notifications.gone('Capturing snapshot');
  await workbench.screenshot('06-captured');

  await workbench.view('Snapshots').row(captured).press('Create Sandbox…');
  await nameSandbox(workbench, reborn);
  for (const file of kept) {
    expect(await inside(reborn, `cat ${file}`), file).toMatchObject({ stdout: 'here\n', exit_code: 0 });
  }
  expect((await inside(reborn, 'ls /tmp')).stdout).toBe('');
  expect((await inside(reborn, processes)).stdout).not.toContain('sleep 4242');
});

test('stop and start keep every file', async () => {
  const row = workbench.view('Sandboxes').row(first);
  await row.menu('Stop Sandbox');
  await expectSandbox(workbench, first, /^stopped/);
  expect(await row.menuItems()).not.toContain('Capture Snapshot…');
  await workbench.screenshot('07-stopped');
  await row.press('Start Sandbox');
  await expectSandbox(workbench, first, /^ready/);
  for (const file of kept) expect((await inside(first, `cat ${file}`)).stdout, file).toBe('here\n');
});

test('a snapshot that sandboxes stand on is not deleted, and says which', async () => {
  await workbench.view('Snapshots').row(base).menu('Delete Snapshot…');
  await expect(workbench.dialog.detail).toContainText(first);
  await workbench.screenshot('08-delete-used-snapshot');
  await workbench.dialog.press('Delete');
  const refusal = await workbench.notifications.find(`Could not delete snapshot ${base}`);
  await expect(refusal).toContainText(first);
  await workbench.clearNotifications();
});

test('both kinds are deleted after a modal that names what goes', async () => {
  for (const name of [first, second, reborn]) {
    await workbench.view('Sandboxes').row(name).menu('Delete Sandbox…');
    await expect(workbench.dialog.text).toContainText(name);
    await workbench.dialog.press('Delete');
    await expect(workbench.view('Sandboxes').row(name).element).toHaveCount(0);
  }
  for (const name of [captured, base]) {
    await workbench.view('Snapshots').row(name).menu('Delete Snapshot…');
    await expect(workbench.dialog.text).toContainText(name);
    await workbench.dialog.press('Delete');
    await expect(workbench.view('Snapshots').row(name).element).toHaveCount(0);
  }
  await workbench.screenshot('09-all-deleted');
});

test('signing out deletes the key', async ({ editor }) => {
  await signOut(workbench);
  await editor.stored((state) => !state.includes(server.endpoint));
});
