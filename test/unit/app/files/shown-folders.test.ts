import { expect, it } from 'vitest';
import { FileError } from '../../../../src/app/files/file-error';
import type { FileChange } from '../../../../src/app/files/file-changes';
import type { Entry, FolderListing } from '../../../../src/app/files/list';
import type { FileAt } from '../../../../src/app/files/sandbox-files';
import { folderKey, type ShownFolder } from '../../../../src/app/files/shown-folder';
import { ShownFolders } from '../../../../src/app/files/shown-folders';
import type { Connection } from '../../../../src/app/connection';
import { Observable } from '../../../../src/app/observable';
import { sessionOverScriptedApi } from '../session-over';

const entry = (name: string, kind: Entry['kind'] = 'file'): Entry => ({ name, kind, isLink: false, size: 1 });

/** Folders of a running sandbox whose listings come when they are given. */
async function aWindow() {
  const { api, session } = await sessionOverScriptedApi();
  const { id } = api.addBox();
  await session.inventory.boxes.refresh();
  const target = { kind: 'langsmith', endpoint: api.endpoint } as const;
  const current = new Observable<Connection>({ state: 'connected', target, endpoint: api.endpoint, session });
  const last = new Observable<readonly FileChange[]>([]);
  const asked: { path: string; give: (listing: FolderListing) => void; fail: (error: unknown) => void }[] =
    [];
  const list = ({ path }: FileAt): Promise<FolderListing> =>
    new Promise((give, fail) => void asked.push({ path, give, fail }));
  const folders = new ShownFolders({ list }, { last }, current);
  const at = (path: string): FileAt => ({ id, path });
  return {
    api,
    session,
    current,
    folders,
    at,
    asked,
    change: (kind: FileChange['kind'], path: string) => last.set([{ kind, at: at(path) }]),
    folder: (path: string): ShownFolder | undefined => folders.all.value.get(folderKey(at(path))),
    /** Reads a folder as the editor does that draws it. */
    read: async (path: string, ...entries: Entry[]): Promise<void> => {
      const reading = folders.want(at(path));
      asked.at(-1)?.give({ entries, isCut: false });
      await reading;
    },
  };
}

it('a folder is read once, however often it is drawn, with folders first and numbers in order', async () => {
  const { folders, at, asked, folder, read } = await aWindow();
  const before = [folders.want(at('/srv')), folders.want(at('/srv'))];
  asked[0]?.give({ entries: [entry('b10'), entry('b9'), entry('z', 'folder')], isCut: false });
  await Promise.all(before);
  await read('/srv');
  expect(asked).toHaveLength(1);
  expect(folder('/srv')?.known?.entries.map(({ name }) => name)).toEqual(['z', 'b9', 'b10']);
  expect([...folders.namesIn(at('/srv'))]).toEqual(['z', 'b9', 'b10']);
});

it('a change calls for the folder that it is in, and for those that it may have made', async () => {
  const { change, folder, read } = await aWindow();
  await read('/', entry('srv', 'folder'));
  await read('/srv', entry('a.txt'));
  await read('/etc');
  const calls = () => ['/', '/srv', '/etc'].map((path) => folder(path)?.calls);
  change('changed', '/srv/a.txt');
  expect(calls()).toEqual([0, 1, 0]);
  change('created', '/srv/new/below/b.txt');
  expect(calls()).toEqual([0, 2, 0]);
  change('deleted', '/etc');
  expect(calls()).toEqual([1, 2, 0]);
  change('created', '/etc');
  expect(calls()).toEqual([2, 2, 1]);
});

it('what changes while a folder is read calls for it once more', async () => {
  const { asked, at, change, folder, folders, read } = await aWindow();
  const reading = folders.want(at('/srv'));
  change('created', '/srv/late');
  void folders.want(at('/srv'));
  expect(asked).toHaveLength(1);
  asked[0]?.give({ entries: [], isCut: false });
  await reading;
  expect(folder('/srv')).toMatchObject({ isStale: true, isReading: false });
  await read('/srv', entry('late'));
  expect(folder('/srv')).toMatchObject({ isStale: false, known: { entries: [{ name: 'late' }] } });
});

it('one that is opened again is called for with what is below it, but not what was just read', async () => {
  const { at, folder, folders, read } = await aWindow();
  await read('/srv');
  await read('/srv/below');
  await read('/etc');
  folders.opened(at('/srv'));
  expect(folder('/srv')?.calls).toBe(0);
  folders.opened(at('/srv'), Date.now() + 10_000);
  expect(['/srv', '/srv/below', '/etc'].map((path) => folder(path)?.calls)).toEqual([1, 1, 0]);
});

it('a folder that can’t be listed says why, and is not asked for by being drawn', async () => {
  const { asked, at, folder, folders, read } = await aWindow();
  await read('/srv', entry('a'));
  folders.refresh();
  const reading = folders.want(at('/srv'));
  asked.at(-1)?.fail(new FileError('no-permission', '/srv'));
  await reading;
  expect(folder('/srv')).toMatchObject({ failure: { cause: 'file' }, known: undefined });
  await folders.want(at('/srv'));
  expect(asked).toHaveLength(2);
  folders.refresh(at('/srv'));
  await read('/srv', entry('a'));
  expect(folder('/srv')?.failure).toBeUndefined();
});

it('what is known goes when the sandbox stops, and an answer that comes later is nobody’s', async () => {
  const { api, asked, at, folders, read, session } = await aWindow();
  await read('/srv');
  const reading = folders.want(at('/etc'));
  api.boxes[0]!.status = 'stopped';
  await session.inventory.boxes.refresh();
  expect(folders.all.value.size).toBe(0);
  asked.at(-1)?.give({ entries: [], isCut: false });
  await reading;
  expect(folders.all.value.size).toBe(0);
});

it('without a connection nothing is asked for', async () => {
  const { asked, at, current, folders } = await aWindow();
  current.set({ state: 'signed-out' });
  await folders.want(at('/srv'));
  expect(asked).toEqual([]);
});
