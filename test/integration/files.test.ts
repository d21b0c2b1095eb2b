import assert from 'node:assert/strict';
import {
  commands as editor,
  FilePermission,
  FileSystemError,
  FileType,
  Uri,
  window,
  workspace,
} from 'vscode';
import { stopBox } from '../../src/api/boxes';
import { execute } from '../../src/api/commands';
import { upload } from '../../src/api/files';
import type { Box } from '../../src/api/types';
import type { Content } from '../../src/app/changes/contents';
import type { Session } from '../../src/app/session';
import { fileScheme } from '../../src/contributions';
import { until } from '../harness/until';
import { sandboxInSight, type SandboxInSight } from './sandbox-in-sight';

const { fs } = workspace;

function autoSave(how: 'off' | undefined): Thenable<void> {
  return workspace.getConfiguration('files').update('autoSave', how, true);
}

suite('the files of a sandbox', () => {
  let inSight: SandboxInSight | undefined;
  let session: Session;
  let box: Box;

  const at = (path: string): Uri => Uri.from({ scheme: fileScheme, authority: box.id, path });
  const text = async (uri: Uri): Promise<string> => Buffer.from(await fs.readFile(uri)).toString();
  const write = (uri: Uri, content: string): Thenable<void> => fs.writeFile(uri, Buffer.from(content));
  const inside = async (command: string): Promise<string> =>
    (await execute(session.transport, box, { command })).stdout;
  const fails = (work: Thenable<unknown>, code: string): Promise<void> =>
    assert.rejects(Promise.resolve(work), (error) => {
      assert.ok(error instanceof FileSystemError, String(error));
      assert.equal(error.code, code, error.message);
      return true;
    });

  suiteSetup(async function () {
    if (!process.env.DOCKER_HOST) return this.skip(); // No engine was set up for this run.
    this.timeout(120_000);
    await autoSave('off'); // Hosted in a browser, the editor saves by itself.
    inSight = await sandboxInSight();
    box = inSight.box;
    session = inSight.host.desk.connections.current.value.session!;
  });

  suiteTeardown(async () => {
    await editor.executeCommand('workbench.action.closeAllEditors');
    await inSight?.close();
    await autoSave(undefined);
  });

  test('are written, told and read by any extension', async () => {
    await write(at('/srv/new folder/a.txt'), 'some text');
    assert.equal(await text(at('/srv/new folder/a.txt')), 'some text');
    const { type, size } = await fs.stat(at('/srv/new folder/a.txt'));
    assert.deepEqual([type, size], [FileType.File, 9]);
    assert.equal((await fs.stat(at('/srv'))).type, FileType.Directory);
    assert.deepEqual(await fs.readDirectory(at('/srv/new folder')), [['a.txt', FileType.File]]);
    assert.equal(await inside('cat "/srv/new folder/a.txt"'), 'some text');
    assert.equal(fs.isWritableFileSystem(fileScheme), true);
  });

  test('are made, copied, moved and deleted', async () => {
    await fs.createDirectory(at('/srv/tree/below'));
    await fs.createDirectory(at('/srv/tree/below'));
    await write(at('/srv/tree/below/b'), 'b');
    await fs.copy(at('/srv/tree'), at('/srv/copied'));
    await fails(fs.copy(at('/srv/tree'), at('/srv/copied')), 'FileExists');
    await fails(fs.rename(at('/srv/tree'), at('/srv/copied')), 'FileExists');
    await fs.rename(at('/srv/tree'), at('/srv/copied'), { overwrite: true });
    assert.equal(await text(at('/srv/copied/below/b')), 'b');
    await assert.rejects(Promise.resolve(fs.delete(at('/srv/copied'), { recursive: false })));
    await fs.delete(at('/srv/copied'), { recursive: true });
    await fails(fs.stat(at('/srv/copied')), 'FileNotFound');
  });

  test('fail by the editor’s own errors, with a sentence', async () => {
    await fails(fs.readFile(at('/srv/none')), 'FileNotFound');
    await fails(fs.readDirectory(at('/srv/none')), 'FileNotFound');
    await fails(fs.readFile(at('/srv')), 'FileIsADirectory');
    await fails(fs.delete(at('/srv/none')), 'FileNotFound');
    const nobody = Uri.from({
      scheme: fileScheme,
      authority: '00000000-0000-4000-8000-000000000000',
      path: '/',
    });
    await fails(fs.stat(nobody), 'Unavailable');
    await assert.rejects(Promise.resolve(fs.stat(nobody)), /There is no such sandbox on 127\.0\.0\.1/);
  });

  test('are edited and saved, and another’s change is shown', async () => {
    const file = at('/srv/edited.txt');
    await write(file, 'one\n');
    const shown = await window.showTextDocument(file);
    assert.equal(shown.document.getText(), 'one\n');
    await shown.edit((edit) => edit.insert(shown.document.positionAt(4), 'two\n'));
    assert.equal(await shown.document.save(), true);
    assert.equal(await inside('cat /srv/edited.txt'), 'one\ntwo\n');
    await shown.edit((edit) => edit.insert(shown.document.positionAt(8), 'three\n'));
    assert.equal(await shown.document.save(), true);
    assert.equal(await inside('cat /srv/edited.txt'), 'one\ntwo\nthree\n');
  });

  test('that somebody else has changed are not written over by a save', async () => {
    const file = at('/srv/both.txt');
    await write(file, 'ours\n');
    const shown = await window.showTextDocument(file);
    await shown.edit((edit) => edit.insert(shown.document.positionAt(0), 'edited '));
    await inside('sleep 1.1');
    await upload(session.transport, box, '/srv/both.txt', 'theirs, and longer\n');
    assert.equal(await shown.document.save(), false);
    assert.equal(await inside('cat /srv/both.txt'), 'theirs, and longer\n');
    await editor.executeCommand('workbench.action.files.revert');
    await until('their text', () => shown.document.getText() === 'theirs, and longer\n' || undefined);
  });

  test('are compared with what is edited by a state that can’t be edited', async () => {
    await write(at('/srv/state'), 'it');
    const present = at('/srv/state').with({ query: 'present' });
    assert.equal((await fs.stat(present)).permissions, FilePermission.Readonly);
    assert.equal(await text(present), 'it');
  });

  test('as they were are shown beside what they are, and are let go when something else is compared', async () => {
    const { originals } = inSight!.host.desk;
    const documentOf = originals.hold(
      new Map<string, Content>([
        ['srv/was.txt', Buffer.from('before\n')],
        ['srv/image.png', 'binary'],
      ]),
    );
    const before = documentOf('srv/was.txt')!;
    assert.equal(documentOf('srv/image.png'), undefined);
    await write(at('/srv/was.txt'), 'after\n');
    const resources = [
      [at('/srv/was.txt'), before, at('/srv/was.txt')],
      [at('/srv/state'), undefined, at('/srv/state')],
    ];
    await editor.executeCommand('vscode.changes', 'What changed', resources);
    assert.match(window.tabGroups.activeTabGroup.activeTab?.label ?? '', /^What changed/);
    assert.equal(originals.provideTextDocumentContent(before), 'before\n');
    originals.hold(new Map());
    assert.match(originals.provideTextDocumentContent(before), /not kept any more/);
    await editor.executeCommand('workbench.action.closeActiveEditor');
  });

  test('of a stopped sandbox are not asked for', async () => {
    await stopBox(session.transport, box.id);
    await session.inventory.boxes.refresh();
    await fails(fs.stat(at('/srv')), 'Unavailable');
    await assert.rejects(Promise.resolve(fs.readFile(at('/srv/state'))), /is stopped/);
    await session.inventory.boxes.refresh();
    assert.equal(session.inventory.boxes.find(box.id)?.status, 'stopped');
    await editor.executeCommand('notifications.clearAll');
  });
});
