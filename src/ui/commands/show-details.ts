import { l10n, window, workspace } from 'vscode';
import type { ResourceKind } from '../../app/details';
import type { Resource } from '../../app/listing';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { detailsUri } from '../details/details-uri';
import { pickResource } from '../pickers/resource';
import { sessionFor } from './session';

/** Opens what the server says of a row's resource, or from the palette of the one that is picked. */
export async function showDetails(desk: Desk, id: unknown): Promise<void> {
  const session = await sessionFor(desk);
  if (!session) return;
  const found =
    typeof id === 'string' ? known(session, id) : await pickResource(session, l10n.t('Show Details'));
  if (found) await openDetails(session, found.kind, found.resource);
}

export async function openDetails(
  { target }: Session,
  kind: ResourceKind,
  resource: Resource,
): Promise<void> {
  const document = await workspace.openTextDocument(detailsUri(kind, resource, target));
  await window.showTextDocument(document, { preview: true });
}

function known({ inventory }: Session, id: string): { kind: ResourceKind; resource: Resource } | undefined {
  const box = inventory.boxes.find(id);
  if (box) return { kind: 'sandbox', resource: box };
  const snapshot = inventory.snapshots.find(id);
  return snapshot && { kind: 'snapshot', resource: snapshot };
}
