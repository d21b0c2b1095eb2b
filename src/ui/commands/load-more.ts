import { folderOfMore } from '../../app/files/file-place';
import type { Desk } from '../desk';

/** `what` is the argument of the row that was chosen: a view, or the row itself where it shows more of a folder. */
export async function loadMore(desk: Desk, what: unknown): Promise<void> {
  const folder = folderOfMore(what);
  if (folder) {
    desk.folders.showMore(folder);
    return;
  }
  const inventory = desk.connections.current.value.session?.inventory;
  await (what === 'sandboxes' ? inventory?.boxes : inventory?.snapshots)?.loadMore();
}
