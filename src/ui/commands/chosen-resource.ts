import type { Box, Snapshot } from '../../api/types';
import type { ResourceKind } from '../../app/details';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { pickResource } from '../pickers/resource';
import { sessionFor } from './session';

export interface ChosenResource {
  readonly session: Session;
  readonly kind: ResourceKind;
  readonly resource: Box | Snapshot;
}

/** The sandbox or snapshot of a row (`id`), or from the palette the one that is picked. */
export async function chosenResource(
  desk: Desk,
  id: unknown,
  title: string,
): Promise<ChosenResource | undefined> {
  const session = await sessionFor(desk);
  if (!session) return undefined;
  const found = typeof id === 'string' ? known(session, id) : await pickResource(session, title);
  return found && { session, ...found };
}

function known({ inventory }: Session, id: string): Omit<ChosenResource, 'session'> | undefined {
  const box = inventory.boxes.find(id);
  if (box) return { kind: 'sandbox', resource: box };
  const snapshot = inventory.snapshots.find(id);
  return snapshot && { kind: 'snapshot', resource: snapshot };
}
