import { forwardPort, type Forwarding } from '../../api/tunnel/forward';
import type { Tunnel } from '../../api/tunnel/tunnel';
import type { Box } from '../../api/types';
import type { Connection } from '../connection';
import { failureOf } from '../failure';
import { Observable, type Observed, type Subscription } from '../observable';
import type { Session } from '../session';
import { AwakeTunnel } from './awake-tunnel';
import { whatEnded } from './ended';
import { followBoxes } from './follow-boxes';
import { NotRunningError } from '../running-box';
import { isSameForward, type Forward, type ForwardsEnded } from './forward';

interface Open {
  forward: Forward;
  readonly session: Session;
  readonly tunnel: AwakeTunnel;
  readonly forwarding: Forwarding;
}

/**
 * The ports of sandboxes that are reached on this machine. They end with the window, with their sandbox and with the
 * connection; none of them starts a sandbox.
 */
export class Forwards {
  readonly #current: Observed<Connection>;
  readonly #following: Subscription;
  readonly #all = new Observable<readonly Forward[]>([]);
  readonly #ended = new Observable<ForwardsEnded | undefined>(undefined);
  #open: readonly Open[] = [];

  constructor(current: Observed<Connection>) {
    this.#current = current;
    this.#following = followBoxes(current, () => this.#look());
  }

  get all(): Observed<readonly Forward[]> {
    return this.#all;
  }

  /** Told once for all forwards of a sandbox that end together. */
  get ended(): Observed<ForwardsEnded | undefined> {
    return this.#ended;
  }

  find(boxId: string, port: number): Forward | undefined {
    return this.#all.value.find((forward) => isSameForward(forward, { boxId, port }));
  }

  /** One that is there already is given. Rejects with the system's `EADDRINUSE` or `EACCES` when the local port is not to be had. */
  async begin(session: Session, box: Box, port: number, localPort: number): Promise<Forward> {
    const known = this.find(box.id, port);
    if (known) return known;
    const tunnel = new AwakeTunnel(session, box.id, (why) =>
      this.#endAll(({ boxId }) => boxId === box.id, why),
    );
    const forwarding = await forwardPort(this.#watched(tunnel, box.id), port, { localPort });
    session.inventory.boxes.upsert(box);
    const forward = { boxId: box.id, boxName: box.name, port, localPort: forwarding.port };
    this.#set([...this.#open, { forward, session, tunnel, forwarding }]);
    this.#look();
    return forward;
  }

  async end(forward: Pick<Forward, 'boxId' | 'port'>): Promise<void> {
    const ending = this.#open.filter((open) => isSameForward(open.forward, forward));
    this.#set(this.#open.filter((open) => !ending.includes(open)));
    await closeAll(ending);
  }

  async dispose(): Promise<void> {
    this.#following.dispose();
    const open = this.#open;
    this.#set([]);
    await closeAll(open);
  }

  /** Each connection tells how it went, in place of the one before. */
  #watched(tunnel: Tunnel, boxId: string): Tunnel {
    return {
      connect: async (port, options) => {
        try {
          const stream = await tunnel.connect(port, options);
          this.#tell(boxId, port, undefined);
          return stream;
        } catch (error) {
          if (!(error instanceof NotRunningError)) this.#tell(boxId, port, error);
          throw error;
        }
      },
      close: () => tunnel.close(),
    };
  }

  #tell(boxId: string, port: number, error: unknown): void {
    const open = this.#open.find(({ forward }) => isSameForward(forward, { boxId, port }));
    if (!open || (error === undefined && !open.forward.failure)) return;
    open.forward = { ...open.forward, failure: error === undefined ? undefined : failureOf(error) };
    this.#set(this.#open);
  }

  #look(): void {
    const connection = this.#current.value;
    for (const { forward, session } of this.#open) {
      const why = whatEnded(connection, session, forward.boxId);
      if (why) this.#endAll((each) => each.boxId === forward.boxId, why);
    }
  }

  #endAll(isMeant: (forward: Forward) => boolean, why: ForwardsEnded['why']): void {
    const ending = this.#open.filter(({ forward }) => isMeant(forward));
    if (ending.length === 0) return;
    this.#set(this.#open.filter((open) => !ending.includes(open)));
    void closeAll(ending);
    this.#ended.set({ forwards: ending.map(({ forward }) => forward), why });
  }

  #set(open: readonly Open[]): void {
    this.#open = open;
    this.#all.set(open.map(({ forward }) => forward));
  }
}

async function closeAll(open: readonly Open[]): Promise<void> {
  await Promise.all(
    open.map(async ({ tunnel, forwarding }) => {
      await forwarding[Symbol.asyncDispose]();
      tunnel.close();
    }),
  );
}
