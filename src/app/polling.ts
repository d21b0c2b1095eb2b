import { getBox, getBoxStatus } from '../api/boxes';
import { ApiError } from '../api/errors';
import { getSnapshot } from '../api/snapshots';
import type { Box, Snapshot } from '../api/types';
import type { Collection } from './collection';
import type { Connections } from './connections';
import { isInTransition } from './inventory';
import type { Resource } from './listing';
import type { Observed, Subscription } from './observable';
import type { Session } from './session';

export interface Visibility {
  readonly boxes: boolean;
  readonly snapshots: boolean;
}

/** Milliseconds between looks; the slowest is for a server that keeps failing. */
export interface Pace {
  readonly tickMs: number;
  readonly slowestTickMs: number;
}

const usualPace: Pace = { tickMs: 1_500, slowestTickMs: 30_000 };
const freshForMs = 10_000;
const callsAtOnce = 8;

/**
 * Keeps what is in sight true: loads a list when its view appears, and while something is in transition
 * asks for just those resources, every 1.5 s, more slowly while the server fails. Nothing is asked while nothing is in sight.
 */
export class Polling {
  readonly #connections: Connections;
  readonly #visibility: Observed<Visibility>;
  readonly #pace: Pace;
  readonly #subscriptions: Subscription[];
  #ofSession: Subscription[] = [];
  #session: Session | undefined;
  #isConnected = false;
  #timer: NodeJS.Timeout | undefined;
  #delayMs: number;
  #isDisposed = false;

  constructor(connections: Connections, visibility: Observed<Visibility>, pace = usualPace) {
    this.#connections = connections;
    this.#visibility = visibility;
    this.#pace = pace;
    this.#delayMs = pace.tickMs;
    this.#subscriptions = [
      connections.current.subscribe(() => this.#follow()),
      visibility.subscribe(() => this.#follow()),
    ];
    this.#follow();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    for (const subscription of [...this.#subscriptions, ...this.#ofSession]) subscription.dispose();
  }

  #follow(): void {
    const { state, session } = this.#connections.current.value;
    if (session !== this.#session) this.#watch(session);
    const isFresh = state === 'connected' && !this.#isConnected;
    this.#isConnected = state === 'connected';
    if (!session || state !== 'connected') return;
    const { boxes, snapshots } = this.#visibility.value;
    if (boxes) refresh(session.inventory.boxes, isFresh);
    if (snapshots) refresh(session.inventory.snapshots, isFresh);
    this.#schedule();
  }

  #watch(session: Session | undefined): void {
    for (const subscription of this.#ofSession) subscription.dispose();
    this.#session = session;
    this.#delayMs = this.#pace.tickMs;
    this.#ofSession = session
      ? [session.inventory.boxes, session.inventory.snapshots].map(({ listing }) =>
          listing.subscribe(() => this.#schedule()),
        )
      : [];
  }

  #schedule(): void {
    if (this.#timer !== undefined || this.#isDisposed || this.#due().length === 0) return;
    this.#timer = setTimeout(() => void this.#tick(), this.#delayMs);
  }

  async #tick(): Promise<void> {
    const due = this.#due();
    let isFailing = false;
    for (let next = 0; next < due.length && !isFailing; next += callsAtOnce) {
      const results = await Promise.allSettled(due.slice(next, next + callsAtOnce).map((look) => look()));
      isFailing = results.some(({ status }) => status === 'rejected');
    }
    const { tickMs, slowestTickMs } = this.#pace;
    this.#delayMs = isFailing ? Math.min(slowestTickMs, this.#delayMs * 2) : tickMs;
    this.#timer = undefined;
    this.#schedule();
  }

  /** One look at each resource in sight that is in transition and that no action of this window waits for. */
  #due(): (() => Promise<void>)[] {
    const session = this.#session;
    if (!session || this.#connections.current.value.state !== 'connected') return [];
    const { boxes, snapshots, pending } = session.inventory;
    const isDue = (resource: Box | Snapshot): boolean =>
      isInTransition(resource) && !pending.actions.value.has(resource.id);
    return [
      ...(this.#visibility.value.boxes ? boxes.items.filter(isDue) : []).map(
        (box) => () => lookAtBox(session, box),
      ),
      ...(this.#visibility.value.snapshots ? snapshots.items.filter(isDue) : []).map(
        (snapshot) => () =>
          look(snapshots, snapshot.id, () => getSnapshot(session.transport, snapshot.id, oneTick)),
      ),
    ];
  }
}

const oneTick = { timeoutMs: 10_000 };

/** The status endpoint is the cheap one; the whole sandbox is asked for once that has changed. */
function lookAtBox({ transport, inventory }: Session, box: Box): Promise<void> {
  return look(inventory.boxes, box.id, async () => {
    const reply = await getBoxStatus(transport, box.id, oneTick);
    return reply.status === box.status ? { ...box, ...reply } : getBox(transport, box.id, oneTick);
  });
}

async function look<T extends Resource>(
  collection: Collection<T>,
  id: string,
  ask: () => Promise<T>,
): Promise<void> {
  try {
    collection.upsert(await ask());
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind !== 'not-found') throw error;
    collection.remove(id);
  }
}

/** A connection that was made just now may lead to a server that was started anew: nothing known is fresh. */
function refresh<T extends Resource>(collection: Collection<T>, isFreshConnection: boolean): void {
  const listing = collection.listing.value;
  const isKnown = listing.state === 'ready' && Date.now() - listing.at <= freshForMs;
  if (isFreshConnection || !isKnown) void collection.refresh();
}
