import {
  Disposable,
  EventEmitter,
  FilePermission,
  FileChangeType,
  FileType,
  l10n,
  window,
  type FileChangeEvent,
  type FileStat,
  type Uri,
} from 'vscode';
import type { FileChange } from '../../app/files/file-changes';
import type { Entry } from '../../app/files/list';
import type { Subscription } from '../../app/observable';
import type { FileFacts } from '../../app/files/stat';
import type { Desk } from '../desk';
import { askOverwrite } from './ask-overwrite';
import { fileSystemError } from './file-failures';
import type { SandboxFileSystem } from './file-system-stand-in';
import { StartOffers } from './offer-start';
import { followReadOnly } from './follow-read-only';
import { fileAt, isPresentState, sandboxUri } from './sandbox-uri';
import { watchVisibleFiles } from './watch-visible-files';

const shownMs = 8_000;

/** The files of sandboxes as the editor works with them. */
export function sandboxFileSystem(desk: Desk): SandboxFileSystem & Subscription {
  const { files, fileChanges, readOnly } = desk;
  const changed = new EventEmitter<FileChangeEvent[]>();
  const subscriptions = [
    fileChanges.last.subscribe((changes) => changed.fire(changes.map(eventOf))),
    followReadOnly(readOnly, (uris) =>
      changed.fire(uris.map((uri) => ({ type: FileChangeType.Changed, uri }))),
    ),
  ];
  const offers = new StartOffers(desk);
  const watching = watchVisibleFiles(files, (changes) => fileChanges.tell(...changes));

  const told = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      offers.failed(error);
      throw fileSystemError(error);
    }
  };
  const isFixed = (uri: Uri): boolean => isPresentState(uri) || readOnly.has(fileAt(uri).id);

  return {
    dispose: () => void Disposable.from(changed, offers, watching, ...subscriptions).dispose(),
    onDidChangeFile: changed.event,
    stat: (uri) => told(files.stat(fileAt(uri)).then((facts) => statOf(facts, isFixed(uri)))),
    readDirectory: (uri) =>
      told(
        files.list(fileAt(uri)).then(({ entries, isCut }) => {
          if (isCut) tellOfCut(uri, entries.length);
          return entries.map((entry) => [entry.name, typeOf(entry)]);
        }),
      ),
    createDirectory: (uri) => told(fileChanges.makeFolder(fileAt(uri))),
    readFile: (uri) => told(isPresentState(uri) ? files.peek(fileAt(uri)) : files.read(fileAt(uri))),
    writeFile: (uri, content, flags) =>
      told(fileChanges.write(fileAt(uri), content, flags, () => askOverwrite(uri))),
    delete: (uri, { recursive }) => told(fileChanges.remove(fileAt(uri), recursive)),
    rename: (from, to, { overwrite }) => told(fileChanges.rename(fileAt(from), fileAt(to), overwrite)),
    copy: (from, to, { overwrite }) => told(fileChanges.copy(fileAt(from), fileAt(to), overwrite)),
  };
}

/** The editor shows no time for what has 0. The wire tells no time of creation. */
function statOf(facts: FileFacts, isFixed: boolean): FileStat {
  const { size, modifiedAt } = facts;
  const permissions = facts.isReadonly || isFixed ? FilePermission.Readonly : undefined;
  return { type: typeOf(facts), size, mtime: modifiedAt, ctime: modifiedAt, permissions };
}

function eventOf({ kind, at }: FileChange): FileChangeEvent {
  return { type: eventTypes[kind], uri: sandboxUri(at) };
}

const eventTypes: Record<FileChange['kind'], FileChangeType> = {
  created: FileChangeType.Created,
  changed: FileChangeType.Changed,
  deleted: FileChangeType.Deleted,
};

function typeOf({ kind, isLink }: Pick<Entry, 'kind' | 'isLink'>): FileType {
  const link = isLink ? FileType.SymbolicLink : FileType.Unknown;
  switch (kind) {
    case 'file':
      return FileType.File | link;
    case 'folder':
      return FileType.Directory | link;
    case 'link':
    case 'other':
      return link;
  }
}

function tellOfCut({ path }: Uri, count: number): void {
  window.setStatusBarMessage(
    l10n.t('{0} holds more than the {1} entries that are shown.', path, count),
    shownMs,
  );
}
