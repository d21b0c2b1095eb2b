import type { Desk } from '../desk';

/** `view` is the argument of the row that was chosen. */
export async function loadMore(desk: Desk, view: unknown): Promise<void> {
  const inventory = desk.connections.current.value.session?.inventory;
  await (view === 'sandboxes' ? inventory?.boxes : inventory?.snapshots)?.loadMore();
}
