import { describe, expect, it, vi } from 'vitest';
import type { Entry } from '../../../../src/app/files/list';
import { folderKey, unreadFolder, type ShownFolder } from '../../../../src/app/files/shown-folder';
import type { FileFacts } from '../../../../src/ui/trees/file-rows';
import type { Row } from '../../../../src/ui/trees/row';

vi.mock('vscode', () => import('../l10n'));

const { fileRows, filesRow } = await import('../../../../src/ui/trees/file-rows');

const at = { id: 'box', path: '/srv' };
const place = { boxId: 'box', file: { from: 'work', path: '/srv' } } as const;
const text = ({ label, description }: Row): string => [label, description].filter(Boolean).join(' | ');
const facts = (folder?: Partial<ShownFolder>, readOnly: string[] = []): FileFacts => ({
  folders: new Map(folder && [[folderKey(at), { ...unreadFolder(at), ...folder }]]),
  readOnly: new Set(readOnly),
});
const known = (...entries: Entry[]): Partial<ShownFolder> => ({
  known: { entries, isCut: false, readAt: 0 },
});
const entry = (name: string, kind: Entry['kind'], isLink = false): Entry => ({
  name,
  kind,
  isLink,
  size: 2048,
});
const failure = { cause: 'deadline', reason: '', error: undefined } as const;

describe('the row above a sandbox’s files', () => {
  it('is there while the sandbox runs, and says whether they are read-only', () => {
    const box = { id: 'box', name: 'agent', status: 'ready' } as never;
    expect(filesRow(box, facts())).toMatchObject({ id: 'box/files', contextValue: 'files', description: '' });
    expect(filesRow(box, facts(undefined, ['box']))).toMatchObject({
      contextValue: 'files read-only',
      description: 'read-only',
      spoken: 'Files of sandbox agent · read-only',
    });
    expect(filesRow({ id: 'box', status: 'stopped' } as never, facts())).toBeUndefined();
  });

  it('leads to the folder that work begins in, which is open, and to all', () => {
    const rows = fileRows({ boxId: 'box' }, '/srv', facts());
    expect(rows.map(text)).toEqual(['/srv | working directory', '/ | all files']);
    expect(rows.map(({ id, fold }) => [id, fold])).toEqual([
      ['box/files/work/srv', 'expanded'],
      ['box/files/all/', 'collapsed'],
    ]);
    expect(fileRows({ boxId: 'box' }, '/', facts()).map(({ id, fold }) => [id, fold])).toEqual([
      ['box/files/all/', 'expanded'],
    ]);
  });
});

describe('the rows of a folder', () => {
  it('tell what each is, its size, and where it leads', () => {
    const rows = fileRows(
      place,
      '/srv',
      facts(
        known(
          entry('src', 'folder'),
          entry('linked', 'folder', true),
          entry('a.txt', 'file'),
          entry('b.txt', 'file', true),
          entry('lost', 'link', true),
          entry('null', 'other'),
        ),
      ),
    );
    expect(rows.map(text)).toEqual([
      'src',
      'linked | link',
      'a.txt | 2 KB',
      'b.txt | link · 2 KB',
      'lost | link that leads nowhere',
      'null | device, pipe or socket',
    ]);
    expect(rows.map(({ contextValue }) => contextValue)).toEqual([
      'folder',
      'folder',
      'file',
      'file',
      'special',
      'special',
    ]);
    expect(rows.map(({ fold }) => fold).filter(Boolean)).toHaveLength(2);
    expect(rows[2]).toMatchObject({
      id: 'box/files/work/srv/a.txt',
      file: { id: 'box', path: '/srv/a.txt', isFolder: false },
      spoken: 'File a.txt · 2 KB',
    });
  });

  it('are no more than a part of a large one, which says how large, or that nobody knows', () => {
    const many = Array.from({ length: 300 }, (_, index) => entry(`f${index}`, 'file'));
    const rows = fileRows(place, '/srv', facts(known(...many)));
    expect(rows).toHaveLength(201);
    expect(text(rows.at(-1)!)).toBe('Load more… | 200 of 300 shown');
    const cut = { known: { entries: many.slice(0, 3), isCut: true, readAt: 0 } };
    expect(text(fileRows(place, '/srv', facts(cut)).at(-1)!)).toBe(
      'There is more, which the server does not list',
    );
  });

  it('say that it is read, that it is empty, or why it could not be read beside what is known', () => {
    expect(fileRows(place, '/srv', facts()).map(({ label, icon }) => [label, icon])).toEqual([
      ['Looking…', 'busy'],
    ]);
    expect(fileRows(place, '/srv', facts(known())).map(text)).toEqual(['Empty']);
    const why = 'Could not be listed: the server did not answer in time';
    expect(fileRows(place, '/srv', facts({ failure })).map(text)).toEqual([why]);
    expect(fileRows(place, '/srv', facts({ ...known(entry('a', 'file')), failure })).map(text)).toEqual([
      why,
      'a | 2 KB',
    ]);
  });
});
