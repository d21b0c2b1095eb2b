import type { Connection } from '../connection';
import { failureOf, type Failure } from '../failure';
import { Observable, type Observed, type Subscription } from '../observable';
import type { Session } from '../session';
import { followBoxes } from './follow-boxes';
import type { ListeningPort } from './listening-port';
import { readListeningPorts } from './read-ports';
import { sharedPorts, type SharedPort } from './sharing';

/** What is known of a running sandbox's ports, as of when somebody last asked. */
export interface BoxPorts {
  readonly isReading: boolean;
  readonly known?: {
    /** Absent when the image has nothing to list them by. */
    readonly listening?: readonly ListeningPort[];
    readonly shared: readonly SharedPort[];
    /** Epoch milliseconds. */
    readonly at: number;
  };
  /** Why the last reading came to nothing. */
  readonly failure?: Failure;
}

const patienceMs = 20_000;

/**
 * The ports of sandboxes that somebody looks at. They are read when asked for, never by a clock: a look into a sandbox
 * keeps it from being stopped for idleness. What is known goes when the sandbox stops or the connection changes.
 */
export class Ports {
  readonly #current: Observed<Connection>;
  readonly #following: Subscription;
  readonly #all = new Observable<ReadonlyMap<string, BoxPorts>>(new Map());
  readonly #readings = new Map<string, Promise<void>>();
  #session: Session | undefined;

  constructor(current: Observed<Connection>) {
    this.#current = current;
    this.#following = followBoxes(current, () => this.#forget());
  }

  /** By the sandbox's id; those that nobody has asked for are not here. */
  get all(): Observed<ReadonlyMap<string, BoxPorts>> {
    return this.#all;
  }

  /** Reads them unless they are known, or failed to be read. */
  want(boxId: string): void {
    if (!this.#all.value.has(boxId)) void this.refresh(boxId);
  }

  /** A reading that is under way is joined. Never rejects. */
  async refresh(boxId: string): Promise<void> {
    const { session } = this.#current.value;
    if (!session) return;
    const reading = this.#readings.get(boxId) ?? this.#read(session, boxId);
    this.#readings.set(boxId, reading);
    await reading;
  }

  /** Only who has links to them, and only where the rest is known: the sandbox is not looked into. Never rejects. */
  async refreshShared(boxId: string): Promise<void> {
    const { session } = this.#current.value;
    const before = this.#all.value.get(boxId)?.known;
    if (!session || !before) return;
    try {
      const shared = await sharedPorts(session, { id: boxId }, { timeoutMs: patienceMs });
      const { known = before, ...now } = this.#all.value.get(boxId) ?? { isReading: false };
      this.#put(session, boxId, { ...now, known: { ...known, shared } });
    } catch (error) {
      this.#put(session, boxId, { isReading: false, known: before, failure: failureOf(error) });
    }
  }

  dispose(): void {
    this.#following.dispose();
  }

  async #read(session: Session, boxId: string): Promise<void> {
    const before = this.#all.value.get(boxId);
    this.#put(session, boxId, { isReading: true, known: before?.known });
    try {
      const [listening, shared] = await Promise.all([
        readListeningPorts(session, boxId),
        sharedPorts(session, { id: boxId }, { timeoutMs: patienceMs }),
      ]);
      this.#put(session, boxId, { isReading: false, known: { listening, shared, at: Date.now() } });
    } catch (error) {
      this.#put(session, boxId, { isReading: false, known: before?.known, failure: failureOf(error) });
    } finally {
      this.#readings.delete(boxId);
    }
  }

  /** An answer that comes after the sandbox stopped, or for another connection, is nobody's. */
  #put(session: Session, boxId: string, ports: BoxPorts): void {
    if (this.#current.value.session !== session || !isRunning(session, boxId)) return;
    this.#all.set(new Map(this.#all.value).set(boxId, ports));
  }

  #forget(): void {
    const { session } = this.#current.value;
    const isSame = session === this.#session;
    this.#session = session;
    const kept = [...this.#all.value].filter(([id]) => isSame && session && isRunning(session, id));
    if (kept.length < this.#all.value.size) this.#all.set(new Map(kept));
  }
}

/** As far as is known: of one that no loaded page holds nobody looks at the ports. */
function isRunning({ inventory }: Session, boxId: string): boolean {
  return inventory.boxes.find(boxId)?.status === 'ready';
}
