import { expect } from '@playwright/test';
import { getBox } from '../../src/api/boxes';
import { execute } from '../../src/api/commands';
import { Secret } from '../../src/api/secret';
import { Transport } from '../../src/api/transport';
import { endLocalServer } from '../harness/end-local-server';
import { testEnvironment } from '../harness/env';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import type { Workbench } from '../harness/workbench/workbench';
import { test } from './editor-test';
import { build, command, connectLangSmith, expectSandbox, pickByName, signOut, unique } from './flows';

test.describe.configure({ mode: 'serial' });

const snapshot = unique('chosen');
let server: LocalServer;
let transport: Transport;
let workbench: Workbench;

test.beforeAll(async ({ editor }) => {
  server = await startLocalServer();
  transport = new Transport({ endpoint: server.endpoint, apiKey: new Secret(server.apiKey) });
  workbench = editor.workbench;
  await connectLangSmith(workbench, server);
});
test.afterAll(async () => {
  await signOut(workbench);
  await transport.close();
  await endLocalServer(server);
});

test('the last step takes labels, variables and times, shows them, and gives a program of it', async () => {
  const { quickInput } = workbench;
  const name = unique('chosen-box');
  await build(workbench, `${testEnvironment().registryOpen}/sandbox-base:1`, snapshot);
  await workbench.view('Snapshots').row(snapshot).press('Create Sandbox…');
  await quickInput.answer('Name of the sandbox', name);

  await quickInput.pick('CPU');
  await quickInput.answer('vCPUs, from 0.05 to 16', '0.5');
  await quickInput.pick('Memory');
  await expect(quickInput.message).toContainText('Memory in GB with 0.5 vCPU, from 1 to 3');
  await workbench.screenshot('97-memory-for-cpus');
  await quickInput.type('4');
  await expect(quickInput.message).toContainText('3 is the most');
  await quickInput.type('2');
  await quickInput.accept();
  await quickInput.pick('Stop When Idle For');
  await quickInput.type('soon');
  await expect(quickInput.message).toContainText('30 min, 2 h or 1 d');
  await quickInput.type('2 h');
  await quickInput.accept();
  await quickInput.pick('Working Directory');
  await quickInput.type('opt');
  await expect(quickInput.message).toContainText('begins with /');
  await quickInput.answer('begins with /', '/opt');
  await quickInput.pick('Environment Variables');
  await quickInput.answer('as NAME=value', 'MODE=eval=1, 2');
  await quickInput.pick('Labels');
  await quickInput.answer('key=value', 'team=ml');
  await quickInput.pick('Labels');
  await quickInput.pick('Add Label…');
  await quickInput.answer('key=value', 'bare');
  await quickInput.pick('Done');
  await expect(quickInput.options.filter({ hasText: 'Labels' })).toContainText('team, bare');
  await workbench.screenshot('95-create-review');

  await quickInput.pick('Copy as TypeScript');
  await expect(workbench.statusBar).toContainText('Copied as TypeScript');
  await quickInput.pick('Create Sandbox');
  await expectSandbox(workbench, name, /^ready/);
  expect(await getBox(transport, name)).toMatchObject({
    cpu_millicores: 500,
    mem_bytes: 2 * 1024 ** 3,
    idle_ttl_seconds: 7200,
    labels: { team: 'ml', bare: '' },
  });
  const where = await execute(transport, await getBox(transport, name), { command: 'pwd; echo $MODE' });
  expect(where.stdout).toBe('/opt\neval=1, 2\n');

  await workbench.run('File: New Untitled Text File');
  await workbench.page.keyboard.press('ControlOrMeta+V');
  const text = workbench.page.locator('.editor-instance .view-lines');
  await expect(text).toContainText('sandboxes.boxes.create');
  await expect(text).not.toContainText(server.apiKey);
  await workbench.screenshot('96-copied-program');
  await workbench.run('View: Revert and Close Editor');
});

test('what was chosen for the last sandbox is offered for the next', async () => {
  await workbench.run(command('Create Sandbox…'));
  await pickByName(workbench, 'Create Sandbox', snapshot);
  await workbench.quickInput.answer('Name of the sandbox', '');
  const idle = workbench.quickInput.options.filter({ hasText: 'Stop When Idle For' });
  await expect(idle).toContainText('2 h');
  await expect(workbench.quickInput.options.filter({ hasText: 'Labels' })).toContainText('none');
  await workbench.quickInput.cancel();
});
