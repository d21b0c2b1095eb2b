import { Uri } from 'vscode';
import { posix } from 'node:path';
import type { FileAt } from '../../app/files/sandbox-files';
import { fileScheme } from '../../contributions';

/** Of a file, to compare it with what is being edited: what the sandbox has now, which can't be edited. */
const presentState = 'present';

/** `langsmith-sandbox://<id>/<path>`. The id is the same after a rename, and in all windows. */
export function sandboxUri({ id, path }: FileAt): Uri {
  return Uri.from({ scheme: fileScheme, authority: id.toLowerCase(), path });
}

export function fileAt({ authority, path }: Pick<Uri, 'authority' | 'path'>): FileAt {
  return { id: authority.toLowerCase(), path: posix.resolve('/', path) };
}

export function presentUri(uri: Uri): Uri {
  return uri.with({ query: presentState });
}

export function isPresentState({ query }: Pick<Uri, 'query'>): boolean {
  return query === presentState;
}
