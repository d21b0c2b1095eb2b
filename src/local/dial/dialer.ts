import type { Duplex } from 'node:stream';
import { Failure } from '../failure';
import { createRelay, RelayEnded, type Relay, type RelayProcess } from './relay';

/** Reaches ports of running sandboxes. To start a relay costs an exec, so relays are kept a while and used again. */
export interface Dialer {
  /**
   * A connection to a port of this container. Rejects with PortRefused, with what the engine says of starting a
   * relay, with Failure 503 beyond what one sandbox may have, or with the signal's reason.
   */
  dial(container: string, port: number, signal: AbortSignal): Promise<Duplex>;
  /** Ends every connection. */
  close(): void;
}

/** Connections of one sandbox at a time. Each is two small processes in it. */
const mostConnections = 256;
const mostIdle = 8;
const idleMs = 60_000;

interface Pool {
  relays: Set<Relay>;
  /** Being started. */
  opening: number;
  idle: { relay: Relay; timer: NodeJS.Timeout }[];
}

export function createDialer(
  open: (container: string, signal: AbortSignal) => Promise<RelayProcess>,
): Dialer {
  const pools = new Map<string, Pool>();

  const dial = async (container: string, port: number, signal: AbortSignal): Promise<Duplex> => {
    const pool = pools.get(container) ?? { relays: new Set(), opening: 0, idle: [] };
    pools.set(container, pool);
    for (let relay = takeIdle(pool); relay; relay = takeIdle(pool)) {
      try {
        return await relay.dial(port, signal);
      } catch (error) {
        if (!(error instanceof RelayEnded)) throw error;
      }
    }
    return (await start(pool, container, signal)).dial(port, signal);
  };
  const start = async (pool: Pool, container: string, signal: AbortSignal): Promise<Relay> => {
    if (pool.relays.size + pool.opening >= mostConnections) throw tooMany();
    pool.opening += 1;
    try {
      const process = await open(container, signal);
      const relay: Relay = createRelay(process, {
        free: () => keep(pool, relay),
        ended: () => {
          pool.relays.delete(relay);
          dropIdle(pool, relay);
          forgetIfEmpty(pools, container);
        },
      });
      pool.relays.add(relay);
      return relay;
    } finally {
      pool.opening -= 1;
      forgetIfEmpty(pools, container);
    }
  };
  const close = (): void => {
    for (const { relays } of [...pools.values()]) for (const relay of [...relays]) relay.end();
  };
  return { dial, close };
}

function takeIdle({ idle }: Pool): Relay | undefined {
  const taken = idle.pop();
  if (taken) clearTimeout(taken.timer);
  return taken?.relay;
}

function keep({ idle }: Pool, relay: Relay): void {
  if (idle.length < mostIdle) idle.push({ relay, timer: setTimeout(() => relay.end(), idleMs).unref() });
  else relay.end();
}

function dropIdle({ idle }: Pool, relay: Relay): void {
  const at = idle.findIndex((each) => each.relay === relay);
  if (at >= 0) clearTimeout(idle.splice(at, 1)[0]?.timer);
}

function forgetIfEmpty(pools: Map<string, Pool>, container: string): void {
  const pool = pools.get(container);
  if (pool && pool.relays.size + pool.opening === 0) pools.delete(container);
}

function tooMany(): Failure {
  return new Failure(
    503,
    'ServiceUnavailable',
    `A sandbox can have ${mostConnections} open connections. Close some, and try again.`,
  );
}
