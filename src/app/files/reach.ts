import { getBox } from '../../api/boxes';
import { ApiError } from '../../api/errors';
import type { Transport } from '../../api/transport';
import type { Box } from '../../api/types';
import type { Connection } from '../connection';
import type { Connections } from '../connections';
import type { Observed } from '../observable';
import type { Session } from '../session';
import { targetName, type Target } from '../target';
import { OutOfReachError } from './out-of-reach';
import { Programs, type Place } from './programs';

/** A local server that has to be started first answers within a minute. */
const connectPatienceMs = 60_000;
const lookPatienceMs = 10_000;
/** For so long it is taken to run still: it stops for idleness a minute after its last use at the earliest. */
const provenMs = 5_000;

interface Proof {
  readonly box: Box;
  readonly transport: Transport;
  /** As `now` gives it. */
  readonly at: number;
}

/**
 * Leads to running sandboxes. On this wire whatever asks for a file of a stopped sandbox starts it, so that its state is
 * looked at first on the control plane, unless it has just answered.
 */
export class Reach {
  readonly #connections: Pick<Connections, 'restore' | 'current'>;
  readonly #onUse: (id: string) => void;
  readonly #now: () => number;
  readonly #proven = new Map<string, Proof>();
  readonly #looks = new WeakMap<Session, Map<string, Promise<Box>>>();
  readonly #programs = new WeakMap<Session, Programs>();

  /** `onUse`: a sandbox was used. */
  constructor(
    connections: Pick<Connections, 'restore' | 'current'>,
    onUse: (id: string) => void = () => undefined,
    now: () => number = Date.now,
  ) {
    this.#onUse = onUse;
    this.#connections = connections;
    this.#now = now;
  }

  /** Restores the window's connection first. Throws OutOfReachError. */
  async place(id: string): Promise<Place> {
    const session = await this.#session();
    const box = this.#running(session, id) ?? (await this.#look(session, id));
    // One connection's key is not for another's hosts.
    if (this.#connections.current.value.session !== session) return this.place(id);
    const action = session.inventory.pending.actions.value.get(id);
    if (box.status !== 'ready' || action === 'stopping' || action === 'deleting') {
      const status = box.status === 'ready' ? 'stopped' : box.status;
      throw new OutOfReachError({ why: 'not-running', box, status });
    }
    const programs = this.#programs.get(session) ?? new Programs();
    this.#programs.set(session, programs);
    const stillRuns: Place['stillRuns'] = async ({ isDoubtful } = { isDoubtful: false }) => {
      if (isDoubtful) this.#proven.delete(id);
      await this.place(id);
    };
    return {
      transport: session.transport,
      box,
      programs,
      mostRanges: mostRangesAt(session.target),
      stillRuns,
    };
  }

  /** It has just answered, so that it runs. */
  prove(id: string): void {
    this.#onUse(id);
    const proof = this.#proven.get(id);
    if (proof) this.#proven.set(id, { ...proof, at: this.#now() });
  }

  /** Unless the window knows better: it may have stopped the sandbox itself. */
  #running({ inventory, transport }: Session, id: string): Box | undefined {
    const proof = this.#proven.get(id);
    if (!proof || proof.transport !== transport || this.#now() - proof.at >= provenMs) return undefined;
    const known = inventory.boxes.find(id) ?? proof.box;
    return known.status === 'ready' ? known : undefined;
  }

  /** Those who ask at the same time share one look. */
  #look(session: Session, id: string): Promise<Box> {
    const looks = this.#looks.get(session) ?? new Map<string, Promise<Box>>();
    this.#looks.set(session, looks);
    const look = looks.get(id) ?? this.#ask(session, id).finally(() => looks.delete(id));
    looks.set(id, look);
    return look;
  }

  async #ask(session: Session, id: string): Promise<Box> {
    try {
      const box = await getBox(session.transport, id, { timeoutMs: lookPatienceMs });
      session.inventory.boxes.upsert(box);
      if (box.status === 'ready')
        this.#proven.set(id, { box, transport: session.transport, at: this.#now() });
      return box;
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'not-found') throw error;
      throw new OutOfReachError({ why: 'gone', on: targetName(session.target) });
    }
  }

  async #session(): Promise<Session> {
    const standing = this.#connections.current.value;
    if (standing.state === 'connected') return standing.session;
    const limit = AbortSignal.timeout(connectPatienceMs);
    await Promise.race([this.#connections.restore(), aborted(limit)]);
    const connection = await settled(this.#connections.current, limit);
    if (connection.state === 'connected') return connection.session;
    const failure = connection.state === 'failed' ? connection.failure : undefined;
    throw new OutOfReachError({ why: 'not-connected', failure });
  }
}

/** The local server reads a file from its beginning for each range: four are slower than one. */
function mostRangesAt({ kind }: Target): number {
  return kind === 'local' ? 1 : 4;
}

/** The connection when it is no longer being made, or when the time is over. */
function settled(current: Observed<Connection>, limit: AbortSignal): Promise<Connection> {
  if (current.value.state !== 'connecting' || limit.aborted) return Promise.resolve(current.value);
  return new Promise((resolve) => {
    const done = (): void => {
      subscription.dispose();
      limit.removeEventListener('abort', done);
      resolve(current.value);
    };
    const subscription = current.subscribe(({ state }) => {
      if (state !== 'connecting') done();
    });
    limit.addEventListener('abort', done);
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
