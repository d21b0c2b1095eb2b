import { Uri, type DataTransfer, type DataTransferFile } from 'vscode';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

export const uriList = 'text/uri-list';

export interface Dropped {
  /** On this machine. */
  readonly paths: readonly string[];
  /** How many things of elsewhere were dropped with them. */
  readonly leftOut: number;
  /** Ends what was put aside for it. */
  dispose(): Promise<void>;
}

/**
 * What was dropped, as paths of this machine; none where it was something else. Files whose path the editor does not
 * know, such as those that were dropped into a browser, are put aside for as long as they are needed.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<Dropped> {
  const list = await transfer.get(uriList)?.asString();
  const uris = urisOf(list ?? '');
  const listed = uris.flatMap(localPath);
  const files = [...transfer].flatMap(([, item]) => item.asFile() ?? []);
  const known = listed.length > 0 ? listed : files.flatMap(({ uri }) => (uri ? localPath(uri) : []));
  const given = listed.length > 0 ? uris : files;
  const leftOut = given.length - known.length;
  if (known.length > 0 || files.length === 0)
    return { paths: known, leftOut, dispose: () => Promise.resolve() };
  return putAside(files);
}

/** RFC 2483: one a line; those that begin with `#` are remarks. */
function urisOf(list: string): Uri[] {
  const lines = list.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line) => Uri.parse(line));
}

function localPath(uri: Uri): string[] {
  return uri.scheme === 'file' ? [uri.fsPath] : [];
}

async function putAside(files: readonly DataTransferFile[]): Promise<Dropped> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-drop-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const paths: string[] = [];
    for (const file of files) {
      const target = path.join(folder, path.basename(file.name));
      await writeFile(target, await file.data());
      paths.push(target);
    }
    return { paths, leftOut: 0, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}
