import type { Collection } from '../collection';
import type { Connections } from '../connections';
import type { Listing, Resource } from '../listing';
import type { Observed, Subscription } from '../observable';
import type { Session } from '../session';
import { dueLooks, lookAll } from './looks';
import { Loop } from './loop';
import type { Rhythm } from './pace';
import { isAnyInSight, sights, type Visibility } from './visibility';

export interface Rhythms {
  /** Of the looks at what is in transition. */
  readonly looks: Rhythm;
  /** Of the lists. */
  readonly lists: Rhythm;
}

const usualRhythms: Rhythms = {
  looks: { usualMs: 1_500, failingMs: 3_000, awayMs: 3_000, slowestMs: 30_000 },
  lists: { usualMs: 30_000, failingMs: 60_000, awayMs: 3_000, slowestMs: 300_000 },
};
const freshForMs = 10_000;

/**
 * Keeps what is in sight true. A list is asked for when its view comes into sight or the window gets the focus, and
 * then every 30 s while both is so; what is in transition every 1.5 s while it is in sight. More slowly while that
 * fails. Nothing is asked while nothing is in sight.
 */
export class Polling {
  readonly #connections: Connections;
  readonly #visibility: Observed<Visibility>;
  readonly #looks: Loop;
  readonly #lists: Loop;
  readonly #subscriptions: Subscription[];
  #ofSession: Subscription[] = [];
  #session: Session | undefined;
  #isConnected = false;

  constructor(connections: Connections, visibility: Observed<Visibility>, rhythms = usualRhythms) {
    this.#connections = connections;
    this.#visibility = visibility;
    this.#looks = new Loop(rhythms.looks, {
      isDue: () => this.#dueLooks().length > 0,
      run: () => lookAll(this.#dueLooks()),
    });
    this.#lists = new Loop(rhythms.lists, {
      isDue: () =>
        this.#connected !== undefined && visibility.value.focused && isAnyInSight(visibility.value),
      run: () => this.#refresh(this.#listsInSight(), 'quietly'),
    });
    let before = visibility.value;
    this.#subscriptions = [
      connections.current.subscribe(() => this.#follow()),
      visibility.subscribe((now) => {
        const isMore = sights.some((sight) => now[sight] && !before[sight]);
        before = now;
        if (isMore) this.#follow();
      }),
    ];
    this.#follow();
  }

  /** Both lists at once, seen or not: somebody waits for them. How it ends tells when they are asked for next. */
  async refresh(session: Session): Promise<void> {
    const lists = [session.inventory.boxes, session.inventory.snapshots];
    if (session === this.#session) await this.#lists.take(() => this.#refresh(lists, 'openly'));
    else await Promise.all(lists.map((list) => list.refresh()));
  }

  dispose(): void {
    this.#looks.dispose();
    this.#lists.dispose();
    for (const subscription of [...this.#subscriptions, ...this.#ofSession]) subscription.dispose();
  }

  get #connected(): Session | undefined {
    return this.#connections.current.value.state === 'connected' ? this.#session : undefined;
  }

  #follow(): void {
    const { state, session } = this.#connections.current.value;
    if (session !== this.#session) this.#watch(session);
    const isFresh = state === 'connected' && !this.#isConnected;
    this.#isConnected = state === 'connected';
    this.#looks.wake();
    if (!isFresh && this.#lists.pace.isHeldBack) return;
    // A connection that was made just now may lead to a server that was started anew: nothing known is fresh.
    const lists = this.#listsInSight().filter((list) => isFresh || !isKnown(list));
    if (lists.length > 0) void this.#lists.take(() => this.#refresh(lists, 'openly'));
    else this.#lists.wake();
  }

  #watch(session: Session | undefined): void {
    for (const subscription of this.#ofSession) subscription.dispose();
    this.#session = session;
    this.#looks.pace.succeeded();
    this.#lists.pace.succeeded();
    this.#ofSession = session
      ? [session.inventory.boxes, session.inventory.snapshots].map(({ listing }) =>
          listing.subscribe(() => this.#looks.wake()),
        )
      : [];
  }

  async #refresh(lists: readonly List[], how: 'openly' | 'quietly'): Promise<void> {
    await refreshAll(lists, how);
    this.#looks.recover();
  }

  #dueLooks(): ReturnType<typeof dueLooks> {
    const session = this.#connected;
    return session ? dueLooks(session, this.#visibility.value) : [];
  }

  #listsInSight(): List[] {
    const inventory = this.#connected?.inventory;
    if (!inventory) return [];
    const { boxes, snapshots } = this.#visibility.value;
    return [...(boxes ? [inventory.boxes] : []), ...(snapshots ? [inventory.snapshots] : [])];
  }
}

interface List {
  readonly listing: Observed<Listing<unknown>>;
  refresh: Collection<Resource>['refresh'];
}

async function refreshAll(lists: readonly List[], how: 'openly' | 'quietly'): Promise<void> {
  await Promise.all(lists.map((list) => list.refresh(how)));
  for (const { listing } of lists) {
    if (listing.value.state === 'stale' || listing.value.state === 'failed') {
      throw listing.value.failure.error;
    }
  }
}

function isKnown({ listing }: List): boolean {
  return listing.value.state === 'ready' && Date.now() - listing.value.at <= freshForMs;
}
