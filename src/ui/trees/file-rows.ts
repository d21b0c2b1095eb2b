import { l10n } from 'vscode';
import { posix } from 'node:path';
import type { Box } from '../../api/types';
import {
  fileRowId,
  filesRowId,
  moreFilesRowId,
  type Beginning,
  type FilePlace,
} from '../../app/files/file-place';
import type { Entry } from '../../app/files/list';
import type { FileAt } from '../../app/files/sandbox-files';
import { folderKey, type ShownFolder } from '../../app/files/shown-folder';
import { whyNotRead } from '../words/failures';
import { size } from '../words/size';
import { noteRow } from './note-row';
import { joined, joinedWords, type Row } from './row';

/** What rows say of the files of sandboxes. */
export interface FileFacts {
  /** By `folderKey`. */
  readonly folders: ReadonlyMap<string, ShownFolder>;
  /** Ids of the sandboxes whose files are to stay as they are. */
  readonly readOnly: ReadonlySet<string>;
}

/** The row above a running sandbox's files. What is below it is read when it is opened. */
export function filesRow({ id, name, status }: Box, { readOnly }: FileFacts): Row | undefined {
  if (status !== 'ready') return undefined;
  const isReadOnly = readOnly.has(id);
  const description = isReadOnly ? l10n.t('read-only') : '';
  return {
    id: filesRowId(id),
    label: l10n.t('Files'),
    description,
    icon: 'files',
    contextValue: joinedWords('files', isReadOnly && 'read-only'),
    spoken: joined([l10n.t('Files of sandbox {0}', name), description]),
    fold: 'collapsed',
  };
}

/** What stands below one of the rows of files. `workFolder`: where work in the sandbox begins. */
export function fileRows({ boxId: id, file }: FilePlace, workFolder: string, facts: FileFacts): Row[] {
  if (file) return entryRows({ id, path: file.path }, file.from, facts);
  const all = beginningRow({ id, path: '/' }, 'all', facts);
  if (workFolder === '/') return [{ ...all, fold: 'expanded' }];
  return [{ ...beginningRow({ id, path: workFolder }, 'work', facts), fold: 'expanded' }, all];
}

function beginningRow(at: FileAt, from: Beginning, facts: FileFacts): Row {
  const description = from === 'work' ? l10n.t('working directory') : l10n.t('all files');
  return {
    ...folderRow(at, from, facts),
    label: at.path,
    description,
    contextValue: joinedWords('folder', from, facts.readOnly.has(at.id) && 'read-only'),
    spoken: joined([l10n.t('Folder {0}', at.path), description]),
  };
}

function entryRows(at: FileAt, from: Beginning, facts: FileFacts): Row[] {
  const folder = facts.folders.get(folderKey(at));
  const note = (about: string, label: string, icon?: 'busy'): Row =>
    noteRow(`${filesRowId(at.id)}/${about}/${from}${at.path}`, label, icon);
  const rows: Row[] = [];
  if (folder?.failure) {
    rows.push(note('failed', l10n.t('Could not be listed: {0}', whyNotRead(folder.failure))));
  }
  if (!folder?.known) return rows.length > 0 ? rows : [note('reading', l10n.t('Looking…'), 'busy')];
  const { entries, isCut } = folder.known;
  rows.push(...entries.slice(0, folder.most).map((entry) => entryRow(at, entry, from, facts)));
  if (entries.length > folder.most) rows.push(moreRow(at, from, folder.most, entries.length));
  else if (isCut) rows.push(note('cut', l10n.t('There is more, which the server does not list')));
  return rows.length > 0 ? rows : [note('empty', l10n.t('Empty'))];
}

function entryRow(folder: FileAt, entry: Entry, from: Beginning, facts: FileFacts): Row {
  const at = { id: folder.id, path: posix.join(folder.path, entry.name) };
  const link = entry.isLink ? l10n.t('link') : undefined;
  switch (entry.kind) {
    case 'folder':
      return { ...folderRow(at, from, facts), description: link ?? '' };
    case 'file':
      return fileRow(at, from, facts, 'file', joined([link, size(entry.size)]));
    case 'link':
      return fileRow(at, from, facts, 'special', l10n.t('link that leads nowhere'));
    case 'other':
      return fileRow(at, from, facts, 'special', l10n.t('device, pipe or socket'));
  }
}

function folderRow(at: FileAt, from: Beginning, { folders, readOnly }: FileFacts): Row {
  const label = posix.basename(at.path);
  return {
    id: fileRowId(at, from),
    label,
    description: '',
    icon: 'folder',
    contextValue: joinedWords('folder', readOnly.has(at.id) && 'read-only'),
    spoken: l10n.t('Folder {0}', label),
    fold: 'collapsed',
    file: { ...at, isFolder: true },
    calls: folders.get(folderKey(at))?.calls,
  };
}

function fileRow(
  at: FileAt,
  from: Beginning,
  { readOnly }: FileFacts,
  icon: 'file' | 'special',
  description: string,
): Row {
  const label = posix.basename(at.path);
  return {
    id: fileRowId(at, from),
    label,
    description,
    icon,
    contextValue: joinedWords(icon, readOnly.has(at.id) && 'read-only'),
    spoken: joined([l10n.t('File {0}', label), description]),
    file: { ...at, isFolder: false },
  };
}

function moreRow(at: FileAt, from: Beginning, shown: number, all: number): Row {
  const label = l10n.t('Load more…');
  const description = l10n.t('{0} of {1} shown', shown, all);
  return {
    id: moreFilesRowId(at, from),
    label,
    description,
    icon: 'more',
    contextValue: 'more',
    spoken: `${label} ${description}`,
  };
}
