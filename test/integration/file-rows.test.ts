import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {
  CancellationTokenSource,
  commands as editor,
  DataTransfer,
  DataTransferItem,
  FilePermission,
  ThemeIcon,
  Uri,
  window,
  workspace,
} from 'vscode';
import { stopBox } from '../../src/api/boxes';
import { commands, fileScheme, views } from '../../src/contributions';
import type { Tree } from '../../src/ui/trees/tree';
import { until } from '../harness/until';
import { sandboxInSight, type SandboxInSight } from './sandbox-in-sight';

const { fs } = workspace;
const show = 'workbench.view.explorer';

suite('the rows of a sandbox’s files', () => {
  let inSight: SandboxInSight | undefined;
  let tree: Tree;
  let id: string;
  let folder: string;
  /** Paths of the folders that the sandbox was asked for, since the start. */
  const read: string[] = [];
  /** How many of them it has not given yet. */
  let awaited = 0;

  const at = (file: string): Uri => Uri.from({ scheme: fileScheme, authority: id, path: file });
  const write = (file: string, text = ''): Thenable<void> => fs.writeFile(at(file), Buffer.from(text));
  const row = (file = ''): string => `${id}/files${file && `/work${file}`}`;
  const below = (rowId: string): string[] =>
    tree.getChildren(rowId).map((child) => {
      const { label, description } = tree.getTreeItem(child) as { label: string; description: string };
      return description === '' ? label : `${label} | ${description}`;
    });
  const shown = (rowId: string, wanted: readonly string[]): Promise<unknown> =>
    until(`${rowId} with ${wanted.join(', ')}`, () => {
      const rows = below(rowId);
      return (
        (rows.length === wanted.length && wanted.every((each, index) => rows[index] === each)) || undefined
      );
    });
  const open = async (rowId: string): Promise<void> => {
    assert.ok(await tree.show(rowId), `There is no row ${rowId}.`);
    await editor.executeCommand('list.expand');
  };
  const drop = async (rowId: string | undefined, ...files: string[]): Promise<void> => {
    const transfer = new DataTransfer();
    const list = files.map((file) => Uri.file(file).toString()).join('\r\n');
    transfer.set('text/uri-list', new DataTransferItem(list));
    await tree.drag?.handleDrop?.(rowId, transfer, new CancellationTokenSource().token);
  };

  suiteSetup(async function () {
    if (!process.env.DOCKER_HOST) return this.skip(); // No engine was set up for this run.
    this.timeout(120_000);
    inSight = await sandboxInSight();
    ({ id } = inSight.box);
    const { desk } = inSight.host;
    tree = desk.trees.sandboxes;
    const list = desk.files.list.bind(desk.files);
    desk.files.list = (folderAt) => {
      read.push(folderAt.path);
      awaited += 1;
      return list(folderAt).finally(() => (awaited -= 1));
    };
    folder = await mkdtemp(path.join(os.tmpdir(), 'dropped-'));
    await inSight.said(`cd /opt && mkdir src none && ln -s src linked && ln -s nowhere lost && echo 12345 > b10
      echo > b2 && cd none && i=0 && while [ $i -lt 450 ]; do : > f$i; i=$((i+1)); done`);
    await editor.executeCommand(`${views.sandboxes}.focus`);
    await until('the row', () => tree.getChildren().includes(id) || undefined);
  });

  suiteTeardown(async () => {
    await editor.executeCommand('workbench.action.closeAllEditors');
    await inSight?.close();
    if (folder) await rm(folder, { recursive: true });
  });

  test('are read when they are opened, the working directory first', async () => {
    await open(id);
    assert.deepEqual(read, []);
    await open(row());
    await shown(row('/opt'), [
      'linked | link',
      'none',
      'src',
      'b2 | 1 B',
      'b10 | 6 B',
      'lost | link that leads nowhere',
    ]);
    assert.deepEqual(below(row()), ['/opt | working directory', '/ | all files']);
    assert.deepEqual(read, ['/opt']);
    const item = tree.getTreeItem(row('/opt/b10'));
    assert.equal(item.resourceUri?.toString(), at('/opt/b10').toString());
    assert.equal(item.iconPath, ThemeIcon.File);
    await editor.executeCommand(item.command!.command, ...(item.command!.arguments as unknown[]));
    await until('the file', () => window.activeTextEditor?.document.getText() === '12345\n' || undefined);
  });

  test('are read again after a change of this window, those in sight only, and hidden ones once they are seen', async () => {
    read.length = 0;
    await write('/opt/b3', 'new');
    await until('the new row', () => below(row('/opt')).includes('b3 | 3 B') || undefined);
    assert.deepEqual(read, ['/opt']);
    await editor.executeCommand(show);
    await until('the view to hide', () => !tree.visible.value || undefined);
    await fs.delete(at('/opt/b3'));
    await inSight!.said('true');
    assert.deepEqual(read, ['/opt']);
    await editor.executeCommand(`${views.sandboxes}.focus`);
    await until('the row to go', () => !below(row('/opt')).includes('b3 | 3 B') || undefined);
    assert.deepEqual(read, ['/opt', '/opt']);
  });

  test('of a large folder come in parts', async () => {
    await open(row('/opt/none'));
    await until('the first part', () => below(row('/opt/none')).length === 201 || undefined);
    assert.deepEqual(below(row('/opt/none')).slice(-2), ['f199 | 0 B', 'Load more… | 200 of 450 shown']);
    const more = tree.getTreeItem(tree.getChildren(row('/opt/none')).at(-1)!).command!;
    for (let part = 0; part < 2; part++)
      await editor.executeCommand(more.command, ...(more.arguments as unknown[]));
    assert.equal(below(row('/opt/none')).at(-1), 'f449 | 0 B');
  });

  test('say why a folder can’t be listed', async () => {
    await open(row('/opt/src'));
    await shown(row('/opt/src'), ['Empty']);
    await inSight!.said('rm -r /opt/src');
    await editor.executeCommand(commands.refreshFiles, row('/opt/src'));
    await shown(row('/opt/src'), ['Could not be listed: There is no /opt/src in the sandbox.']);
    await inSight!.said('mkdir /opt/src');
    await editor.executeCommand(commands.refresh);
    await shown(row('/opt/src'), ['Empty']);
  });

  test('are read-only when the user wants them so, and say it', async () => {
    await editor.executeCommand(commands.makeFilesReadOnly, id);
    assert.equal(tree.getTreeItem(row()).description, 'read-only');
    assert.equal(tree.getTreeItem(row('/opt/b2')).contextValue, 'file read-only');
    assert.equal((await fs.stat(at('/opt/b2'))).permissions, FilePermission.Readonly);
    const refused = /files of this sandbox are read-only.*“Allow Changes to Files”/;
    await assert.rejects(Promise.resolve(write('/opt/b2', 'changed')), refused);
    await assert.rejects(Promise.resolve(fs.delete(at('/opt/b2'))), refused);
    await assert.rejects(Promise.resolve(fs.createDirectory(at('/opt/made'))), refused);
    await assert.rejects(Promise.resolve(fs.rename(at('/opt/b2'), at('/opt/b4'))), refused);
    await assert.rejects(Promise.resolve(fs.copy(at('/opt/b2'), at('/opt/b4'))), refused);
    await writeFile(path.join(folder, 'refused'), '');
    await drop(row('/opt/src'), path.join(folder, 'refused'));
    assert.equal(await inSight!.said('cat /opt/b2; ls /opt/src; ls /opt | grep -c "made\\|b4"'), '0');
    await editor.executeCommand(commands.allowFileChanges, row());
    assert.equal((await fs.stat(at('/opt/b2'))).permissions, undefined);
    await write('/opt/b2', 'changed');
    assert.equal(await inSight!.said('cat /opt/b2'), 'changed');
  });

  test('take what is dropped on them, and so does the sandbox’s own', async () => {
    await mkdir(path.join(folder, 'tree/deep'), { recursive: true });
    await writeFile(path.join(folder, 'tree/deep/leaf'), 'leaf');
    await writeFile(path.join(folder, 'one file'), 'one');
    await drop(row('/opt/src'), path.join(folder, 'tree'), path.join(folder, 'one file'));
    assert.equal(await inSight!.said('cat /opt/src/tree/deep/leaf "/opt/src/one file"'), 'leafone');
    await shown(row('/opt/src'), ['tree', 'one file | 3 B']);
    await drop(id, path.join(folder, 'one file'));
    await drop(row('/opt/none/f1'), path.join(folder, 'one file'));
    assert.equal(await inSight!.said('cat "/opt/one file" "/opt/none/one file"'), 'oneone');
    await drop(undefined, path.join(folder, 'one file'));
    await drop(`${id}/ports`, path.join(folder, 'one file'));
    const aside = new DataTransfer();
    aside.set('text/uri-list', new DataTransferItem(at('/opt/b2').toString()));
    await tree.drag?.handleDrop?.(row('/opt/src'), aside, new CancellationTokenSource().token);
    assert.equal(await inSight!.said('ls /opt/src | wc -l'), '2');
  });

  test('are dragged as what the editor opens', async () => {
    const transfer = new DataTransfer();
    await tree.drag?.handleDrag?.([row('/opt/b2'), id], transfer, new CancellationTokenSource().token);
    assert.equal(await transfer.get('text/uri-list')?.asString(), at('/opt/b2').toString());
  });

  test('go when the sandbox stops, and nothing that is dropped on it starts it', async () => {
    const { session } = inSight!.host.desk.connections.current.value;
    // A folder that is still asked for while the sandbox stops would start it again.
    await until('the folders that were asked for', () => awaited === 0 || undefined);
    await stopBox(session!.transport, id);
    await editor.executeCommand(commands.refresh);
    assert.ok(!tree.getChildren(id).includes(row()));
    read.length = 0;
    await drop(id, path.join(folder, 'one file'));
    await session!.inventory.boxes.refresh();
    assert.equal(session!.inventory.boxes.find(id)?.status, 'stopped');
    assert.deepEqual(read, []);
    await editor.executeCommand('notifications.clearAll');
  });
});
