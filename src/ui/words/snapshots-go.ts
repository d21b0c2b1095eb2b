import { l10n } from 'vscode';
import type { Box, Snapshot } from '../../api/types';
import { namesInShort, sandboxes, snapshots as snapshotCount } from './count';

/** `latest` is what everybody expects, and is not told. */
export function tagged({ name, tags }: Snapshot): string {
  const [tag] = tags ?? [];
  return tag === undefined || tag === 'latest' ? name : `${name}:${tag}`;
}

/** What deleting one or several snapshots means; `users` are the sandboxes on them. */
export function snapshotsGo(snapshots: readonly Snapshot[], users: readonly Box[]): string {
  if (users.length > 0) return inUse(snapshots, users);
  const [first, ...others] = snapshots;
  if (first && others.length === 0) return goesAlone(first);
  const building = snapshots.filter(({ status }) => status === 'building').length;
  const files = l10n.t('Their files are gone for good. No sandbox can boot from them any more.');
  return building === 0
    ? files
    : `${files} ${l10n.t('Still being built: {0}; that ends.', snapshotCount(building))}`;
}

function goesAlone({ status }: Snapshot): string {
  if (status === 'building') return l10n.t('It is still being built; the build ends.');
  if (status === 'failed') return l10n.t('It failed and holds nothing.');
  return l10n.t('Its files are gone for good. No sandbox can boot from it any more.');
}

function inUse(snapshots: readonly Snapshot[], users: readonly Box[]): string {
  const names = namesInShort(users.map(({ name }) => name));
  const standing = sandboxes(users.length);
  return snapshots.length === 1
    ? l10n.t('{0} on it: {1}. The server may refuse until they are deleted.', standing, names)
    : l10n.t(
        '{0} on them: {1}. The server may refuse to delete a snapshot until its sandboxes are deleted.',
        standing,
        names,
      );
}
