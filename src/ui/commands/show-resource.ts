import type { Desk } from '../desk';

/** Leads from a row that names another resource to that resource's own row; to one that went meanwhile, nowhere. */
export async function showResource({ trees }: Desk, id: unknown): Promise<void> {
  if (typeof id !== 'string') return;
  const link = trees.sandboxes.linkOf(id) ?? trees.snapshots.linkOf(id);
  switch (link?.kind) {
    case 'sandbox':
      await trees.sandboxes.show(link.id);
      return;
    case 'snapshot':
      await trees.snapshots.show(link.id);
      return;
    case undefined:
      return;
  }
}
