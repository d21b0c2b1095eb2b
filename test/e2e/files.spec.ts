import { expect, type Locator } from '@playwright/test';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execute } from '../../src/api/commands';
import { getBox } from '../../src/api/boxes';
import { upload } from '../../src/api/files';
import { Secret } from '../../src/api/secret';
import { Transport } from '../../src/api/transport';
import { testEnvironment } from '../harness/env';
import { endLocalServer } from '../harness/end-local-server';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import type { Workbench } from '../harness/workbench/workbench';
import { test } from './editor-test';
import {
  build,
  command,
  connectLangSmith,
  container,
  expectSandbox,
  isRemembered,
  nameSandbox,
  pickByName,
  pickFile,
  signOut,
  unique,
} from './flows';

test.describe.configure({ mode: 'serial' });

const name = unique('agent');
let server: LocalServer;
let transport: Transport;
let workbench: Workbench;

const program = `def greet(name: str) -> str:
    """What a sandbox says to whoever comes."""
    return f"Hello, {name}"


if __name__ == "__main__":
    print(greet("sandbox"))
`;

/** What a browser gives of a file that is dragged into it: its bytes, and no path. Read in the page. */
const draggedFromDesktop = `(() => {
  const dragged = new DataTransfer();
  dragged.items.add(new File(['a,b'], 'from desktop.csv'));
  return dragged;
})()`;

async function inside(command: string): Promise<string> {
  return (await execute(transport, await getBox(transport, name), { command })).stdout;
}

test.beforeAll(async ({ editor }) => {
  server = await startLocalServer();
  transport = new Transport({ endpoint: server.endpoint, apiKey: new Secret(server.apiKey) });
  workbench = editor.workbench;
  await connectLangSmith(workbench, server);
  await build(workbench, `${testEnvironment().registryOpen}/sandbox-base:1`, name);
  await workbench.view('Snapshots').row(name).press('Create Sandbox…');
  await nameSandbox(workbench, name);
  const box = await getBox(transport, name);
  await upload(transport, box, '/srv/project/main.py', program);
  await upload(transport, box, '/srv/project/src/agent.py', '"""The agent."""\n\nSTEPS = 12\n');
  await upload(transport, box, '/srv/project/README.md', '# Project\n');
});

test.afterAll(async () => {
  await workbench.openContainer(container);
  await signOut(workbench);
  await workbench.run('Workspaces: Close Workspace');
  await workbench.page.waitForURL((url) => !url.searchParams.has('workspace'));
  await workbench.page.locator('.monaco-workbench .part.activitybar').waitFor();
  await transport.close();
  await endLocalServer(server);
});

test('the files of a sandbox stand below its row, open by a click, and take what is dragged onto them', async () => {
  const { page, quickInput } = workbench;
  await inside('mkdir /root/data && cp -r /srv/project/* /root && ln -s main.py /root/run');
  await workbench.openContainer(container);
  const sandboxes = workbench.view('Sandboxes');
  for (const label of [name, 'Files']) await sandboxes.row(label).select();
  await expect(sandboxes.row('main.py').element).toBeVisible();
  await sandboxes.row('main.py').select();
  await expect(page.locator('.editor-instance .view-lines')).toContainText('def greet');

  const desktop = await page.evaluateHandle(draggedFromDesktop);
  for (const event of ['dragenter', 'dragover', 'drop']) {
    await sandboxes.row('data').element.dispatchEvent(event, { dataTransfer: desktop });
  }
  await workbench.notifications.find('1 file, 3 B.');
  expect(await inside('cat "/root/data/from desktop.csv"')).toBe('a,b');
  // Once more when the rows moved just before the click, as they do when a folder is read again.
  await expect(async () => {
    const isShown = await sandboxes.row('from desktop.csv').element.isVisible();
    if (!isShown) await sandboxes.row('data').select();
    await expect(sandboxes.row('from desktop.csv').description).toHaveText('3 B', { timeout: 5000 });
  }).toPass();
  await workbench.screenshot('files-01-rows');

  await sandboxes.row('from desktop.csv').menu('Delete…');
  await expect(workbench.dialog.detail).toContainText('This cannot be undone.');
  await workbench.dialog.press('Delete');
  await expect(sandboxes.row('from desktop.csv').element).toBeHidden();
  await sandboxes.row('data').menu('New File…');
  await quickInput.answer('Name in /root/data', 'new.txt');
  await expect(sandboxes.row('new.txt').element).toBeVisible();
  await sandboxes.row('new.txt').menu('Rename…');
  await quickInput.answer('New name of new.txt', 'named.txt');
  await expect(sandboxes.row('named.txt').element).toBeVisible();
  await expect(page.locator('.tabs-container .tab', { hasText: 'named.txt' })).toBeVisible();
  await sandboxes.row(name).menu('Make Files Read-Only');
  await expect(sandboxes.row('Files').description).toHaveText('read-only');
  await workbench.screenshot('files-02-read-only');
  await sandboxes.row('Files').menu('Allow Changes to Files');
  await expect(sandboxes.row('Files').element).not.toContainText('read-only');
  await workbench.run('View: Close All Editors');
});

/** Whether what the browser has stored holds a tab of this file. */
function hasTab(path: string): (state: string) => boolean {
  const tab = `"workbench.editors.files.fileEditorInput","value":"{"resourceJSON":{"$mid":1,"fsPath":"${path}"`;
  return (state) => state.replaceAll('\\', '').includes(tab);
}

test('a folder of a sandbox stands in the explorer, and its files open in the editor', async ({ editor }) => {
  const { page } = workbench;
  await editor.stored((state) => isRemembered(state, server.endpoint));
  await workbench.view('Sandboxes').row(name).menu('Add Sandbox Folder to Workspace…');
  await workbench.quickInput.answer(`Folder of ${name} to work in`, '/srv/project');
  const explorer = page.locator('.explorer-folders-view');
  await explorer.getByRole('treeitem', { name: 'main.py' }).click();
  await expect(page.locator('.editor-instance .view-lines')).toContainText('def greet');
  await explorer.getByRole('treeitem', { name: 'src' }).click();
  await expect(explorer.getByRole('treeitem', { name: 'agent.py' })).toBeVisible();
  await workbench.screenshot('files-03-explorer');
});

test('a file that is edited is saved into the sandbox, and found after a reload of the window', async ({
  editor,
}) => {
  const { page } = workbench;
  await page.locator('.editor-instance .view-lines').click();
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.type('# edited\n');
  await workbench.run('File: Save');
  await expect.poll(() => inside('head -1 /srv/project/main.py')).toBe('# edited\n');
  // In a browser the editor writes down every few seconds which tabs are open; an earlier reload loses them.
  await editor.stored(hasTab('/srv/project/main.py'));
  await editor.reload();
  await expect(page.locator('.editor-instance .view-lines')).toContainText('# edited');
});

test('a save over another’s change that the editor takes no notice of asks first, and shows both', async () => {
  const { page, dialog } = workbench;
  const lines = page.locator('.editor-instance .view-lines');
  let second = 0; // each change has a time of its own: the editor may have taken the one before
  // Once more when the editor was painted anew just then, as it is after a reload: it has lost the keys, and saves nothing.
  await expect(async () => {
    await lines.click();
    await page.keyboard.press('ControlOrMeta+Home');
    if (!(await lines.innerText()).includes('mine')) await page.keyboard.type('# mine\n');
    await expect(lines).toContainText(/#\smine/, { timeout: 5000 });
    await inside(`echo '# theirs' > /srv/project/main.py && touch -d @${second++} /srv/project/main.py`);
    await workbench.run('File: Save');
    await expect(dialog.text).toHaveText('Overwrite main.py?', { timeout: 20_000 });
  }).toPass();
  await workbench.screenshot('files-04-overwrite');
  await dialog.press('Compare');
  await expect(page.locator('.monaco-diff-editor .original .view-lines')).toContainText('# theirs');
  await expect(page.locator('.monaco-diff-editor .modified .view-lines')).toContainText('# mine');
  await workbench.screenshot('files-05-compare');
  expect(await inside('cat /srv/project/main.py')).toBe('# theirs\n');

  await workbench.run('File: Save');
  await dialog.press('Overwrite');
  await expect.poll(() => inside('head -1 /srv/project/main.py')).toBe('# mine\n');
});

test('files and a folder are dragged from the explorer to a folder of the sandbox, and from there to the editor', async () => {
  const { page } = workbench;
  /** As it is called among the explorer's own. */
  const sandboxes = workbench.view(`${container}: Sandboxes`);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-drag-'));
  await mkdir(path.join(folder, 'inner'));
  await writeFile(path.join(folder, 'inner/deep.txt'), 'deep');
  for (const file of ['one.txt', 'two.txt']) await writeFile(path.join(folder, file), `told in ${file}`);
  await workbench.run('View: Move View');
  await workbench.quickInput.pick('Sandboxes');
  await workbench.quickInput.pick('Explorer');
  await workbench.run('Workspaces: Add Folder to Workspace...');
  await workbench.quickInput.openFolder(folder);
  const explorer = page.locator('.explorer-folders-view');
  const local = (file: string) => explorer.getByRole('treeitem', { name: file, exact: true });
  await expect(async () => {
    if (!(await local('inner').isVisible())) await local(path.basename(folder)).click();
    await expect(local('inner')).toBeVisible({ timeout: 5000 });
  }).toPass();
  await local('inner').click();
  await local('deep.txt').waitFor();
  for (const file of ['one.txt', 'two.txt']) {
    await local(file).click({ modifiers: ['ControlOrMeta'] });
  }
  for (const label of [name, 'Files']) await sandboxes.row(label).select();
  await sandboxes.row('data').element.waitFor();
  await drag(local('two.txt'));
  await drop(sandboxes.row('data').element);
  await workbench.notifications.find(/Uploaded.*3 files,/);
  await workbench.screenshot('files-11-dragged');
  expect(await inside('cd /root/data && cat one.txt two.txt inner/deep.txt')).toBe(
    'told in one.txttold in two.txtdeep',
  );

  await workbench.run('View: Close All Editors');
  await drag(sandboxes.row('main.py').element);
  await drop(page.locator('.part.editor .editor-group-container'));
  await expect(page.locator('.editor-instance .view-lines')).toContainText('def greet');
  await workbench.screenshot('files-12-to-editor');
  await workbench.run('View: Reset View Locations');
});

/** Takes it up with the mouse: the first move is what makes it a drag. */
async function drag(what: Locator): Promise<void> {
  await what.hover();
  await workbench.page.mouse.down();
  const { x, y } = (await what.boundingBox())!;
  await workbench.page.mouse.move(x + 40, y + 4, { steps: 5 });
}

async function drop(onto: Locator): Promise<void> {
  await onto.hover();
  const { x, y, width, height } = (await onto.boundingBox())!;
  await workbench.page.mouse.move(x + width / 2 + 4, y + height / 2, { steps: 3 });
  await workbench.page.mouse.up();
}

test('the files of a stopped sandbox wait for its start, which is offered', async () => {
  await workbench.run('View: Close All Editors');
  await workbench.openContainer(container);
  await workbench.view('Sandboxes').row(name).menu('Stop Sandbox');
  await expectSandbox(workbench, name, /^stopped/);
  await workbench.run('View: Show Explorer');
  const explorer = workbench.page.locator('.explorer-folders-view');
  await explorer.getByRole('treeitem', { name: 'README.md' }).click();
  await workbench.notifications.find(`Sandbox ${name} is stopped.`);
  await workbench.screenshot('files-06-stopped');
  await workbench.dialog.press('OK'); // The editor's own: a click found a file that can't be read.
  await workbench.notifications.press(`Sandbox ${name} is stopped.`, 'Start Sandbox');
  await workbench.notifications.find(`Sandbox ${name} is ready.`);
  const within = explorer.getByRole('treeitem', { name: 'agent.py' });
  // Its folder may have been shut when it could not be read.
  await expect(async () => {
    if (!(await within.isVisible())) await explorer.getByRole('treeitem', { name: 'src' }).click();
    await expect(within).toBeVisible({ timeout: 10_000 });
  }).toPass();
  await within.click();
  await expect(workbench.page.locator('.editor-instance .view-lines')).toContainText('STEPS');
});

test('a text is found in the sandbox, and opens at its line', async () => {
  await workbench.run('View: Close All Editors');
  await workbench.run(command('Find in Sandbox…'));
  await pickByName(workbench, 'Find in Sandbox', name);
  await workbench.quickInput.answer(`Folder of ${name} to look in`, '/srv');
  await expect(workbench.quickInput.value).toHaveAttribute('placeholder', 'Text to look for in /srv');
  await workbench.quickInput.type('STEPS');
  await workbench.quickInput.option('STEPS = 12').waitFor();
  await workbench.screenshot('files-07-find');
  await workbench.quickInput.pick('STEPS = 12');
  await expect(workbench.page.locator('.editor-instance .view-lines')).toContainText('STEPS = 12');
  await expect(workbench.statusBar).toContainText('Ln 3, Col 1');
});

test('a file is opened by a part of its path, and compared with another', async () => {
  const { page } = workbench;
  await workbench.run(command('Open File from Sandbox…'));
  await pickByName(workbench, 'Open File', name);
  await pickFile(workbench, '/srv/project/READ', 'README.md');
  await expect(page.locator('.editor-instance .view-lines')).toContainText('# Project');
  await workbench.run(command('Compare with Sandbox File…'));
  await pickByName(workbench, 'Compare with Sandbox File', name);
  await pickFile(workbench, '/srv/project/ma', 'main.py');
  await expect(page.locator('.monaco-diff-editor .original .view-lines')).toContainText('# Project');
  await expect(page.locator('.monaco-diff-editor .modified .view-lines')).toContainText('def greet');
  await workbench.screenshot('files-08-compare-files');
});

test('a folder of this machine goes into the sandbox, and a file of the sandbox comes out', async () => {
  await workbench.run('View: Close All Editors');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-e2e-'));
  await writeFile(path.join(folder, 'told.txt'), 'from this machine');
  await workbench.run(command('Upload to Sandbox…'));
  await pickByName(workbench, 'Upload', name);
  await workbench.quickInput.pick('Folder…');
  await workbench.quickInput.openFolder(folder);
  await workbench.quickInput.answer(`Folder of ${name} to put it into`, '/srv/into');
  await workbench.notifications.find(/Uploaded.*1 file,/);
  await workbench.screenshot('files-09-uploaded');
  expect(await inside(`cat /srv/into/${path.basename(folder)}/told.txt`)).toBe('from this machine');

  await workbench.run(command('Download from Sandbox…'));
  await pickByName(workbench, 'Download', name);
  await pickFile(workbench, '/srv/project/src/ag', 'agent.py');
  await workbench.quickInput.openFolder(folder);
  await workbench.notifications.press(/Downloaded agent\.py/, 'Open');
  await expect(workbench.page.locator('.editor-instance .view-lines')).toContainText('STEPS = 12');
  await workbench.screenshot('files-10-downloaded');
  expect(await readFile(path.join(folder, 'agent.py'), 'utf8')).toContain('STEPS = 12');
});
