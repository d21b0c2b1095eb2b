import { portPlace } from '../../app/services/port-place';
import type { Desk } from '../desk';

/** Looks into the sandbox anew, and into who has links. */
export async function refreshPorts({ services }: Desk, rowId: unknown): Promise<void> {
  const place = portPlace(rowId);
  if (place) await services.ports.refresh(place.boxId);
}
