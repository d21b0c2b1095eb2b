import { workspace, type Uri } from 'vscode';
import type { ReadOnlyFiles } from '../../app/files/read-only-files';
import type { Subscription } from '../../app/observable';
import { fileScheme } from '../../contributions';
import { fileAt } from './sandbox-uri';

/** Calls `look` with the open files whose sandbox became read-only, or is not any more. */
export function followReadOnly(
  { ids }: Pick<ReadOnlyFiles, 'ids'>,
  look: (uris: readonly Uri[]) => void,
): Subscription {
  let before = ids.value;
  return ids.subscribe((now) => {
    const uris = workspace.textDocuments
      .map(({ uri }) => uri)
      .filter((uri) => uri.scheme === fileScheme && before.has(fileAt(uri).id) !== now.has(fileAt(uri).id));
    before = now;
    look(uris);
  });
}
