import { posix } from 'node:path';
import type { FileAt } from './sandbox-files';

/** Where the rows of files begin: at the folder that work begins in, or at the root. One file can have a row in both. */
export type Beginning = 'work' | 'all';

/** What a row of a sandbox's files stands for. */
export interface FilePlace {
  readonly boxId: string;
  /** Absent on the row above all files. */
  readonly file?: { readonly from: Beginning; readonly path: string };
}

/** Id of the row above a sandbox's files. */
export function filesRowId(boxId: string): string {
  return `${boxId}/files`;
}

export function fileRowId({ id, path }: FileAt, from: Beginning): string {
  return `${filesRowId(id)}/${from}${path}`;
}

/** Id of the row that shows more of a folder. */
export function moreFilesRowId(folder: FileAt, from: Beginning): string {
  return `${filesRowId(folder.id)}/more/${from}${folder.path}`;
}

/** Of a row's id; undefined for anything else. */
export function filePlace(rowId: unknown): FilePlace | undefined {
  if (typeof rowId !== 'string') return undefined;
  const [, boxId, from, path] = /^([^/]+)\/files(?:\/(work|all)(\/.*))?$/s.exec(rowId) ?? [];
  if (boxId === undefined) return undefined;
  return path === undefined ? { boxId } : { boxId, file: { from: from === 'work' ? from : 'all', path } };
}

/** The file or folder that a row stands for. */
export function fileOfRow(rowId: unknown): FileAt | undefined {
  const place = filePlace(rowId);
  return place?.file && { id: place.boxId, path: place.file.path };
}

/** The folder of which a row shows more. */
export function folderOfMore(rowId: unknown): FileAt | undefined {
  if (typeof rowId !== 'string') return undefined;
  const [, id, path] = /^([^/]+)\/files\/more\/(?:work|all)(\/.*)$/s.exec(rowId) ?? [];
  return id === undefined || path === undefined ? undefined : { id, path };
}

export function isAtOrBelow({ id, path }: FileAt, above: FileAt): boolean {
  return id === above.id && (path === above.path || path.startsWith(posix.join(above.path, '/')));
}
