import { getBox, getBoxStatus } from '../../api/boxes';
import { ApiError } from '../../api/errors';
import { getSnapshot } from '../../api/snapshots';
import type { Box, Snapshot } from '../../api/types';
import type { Collection } from '../collection';
import { isInTransition } from '../inventory';
import type { Resource } from '../listing';
import type { Session } from '../session';
import type { Visibility } from './visibility';

/** Asks for one resource, and takes in what the server says. */
export type Look = () => Promise<void>;

const callsAtOnce = 8;
const oneLook = { timeoutMs: 10_000 };

/** One for each resource in sight that is in transition and that no action of this window waits for. */
export function dueLooks(session: Session, visible: Visibility): Look[] {
  const { boxes, snapshots, pending } = session.inventory;
  const isDue = (resource: Box | Snapshot): boolean =>
    isInTransition(resource) && !pending.actions.value.has(resource.id);
  return [
    ...(visible.boxes ? boxes.items.filter(isDue) : []).map((box) => () => lookAtBox(session, box)),
    ...(visible.snapshots ? snapshots.items.filter(isDue) : []).map(
      (snapshot) => () =>
        look(snapshots, snapshot.id, () => getSnapshot(session.transport, snapshot.id, oneLook)),
    ),
  ];
}

/** Some at a time. Rejects with the first failure, and leaves out what was not begun then. */
export async function lookAll(looks: readonly Look[]): Promise<void> {
  for (let next = 0; next < looks.length; next += callsAtOnce) {
    const results = await Promise.allSettled(looks.slice(next, next + callsAtOnce).map((each) => each()));
    const failure = results.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
  }
}

/** The status endpoint is the cheap one; the whole sandbox is asked for once that has changed. */
function lookAtBox({ transport, inventory }: Session, box: Box): Promise<void> {
  return look(inventory.boxes, box.id, async () => {
    const reply = await getBoxStatus(transport, box.id, oneLook);
    return reply.status === box.status ? { ...box, ...reply } : getBox(transport, box.id, oneLook);
  });
}

/** What came meanwhile from elsewhere may be newer than the answer: the next look tells. */
async function look<T extends Resource>(
  collection: Collection<T>,
  id: string,
  ask: () => Promise<T>,
): Promise<void> {
  const before = collection.find(id);
  try {
    const answer = await ask();
    if (collection.find(id) === before) collection.upsert(answer);
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== 'not-found') throw error;
    collection.remove(id);
  }
}
