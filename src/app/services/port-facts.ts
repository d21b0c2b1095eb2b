import type { Forward } from './forward';
import type { ListeningPort } from './listening-port';
import type { BoxPorts } from './ports';
import type { SharedPort } from './sharing';

/** What rows say of services. */
export interface ServiceFacts {
  readonly ports: ReadonlyMap<string, BoxPorts>;
  readonly forwards: readonly Forward[];
}

/** All that is known of one port. */
export interface PortFacts {
  readonly port: number;
  /** `unknown`: its image has nothing to list ports by, or that is not read yet. */
  readonly isListening: boolean | 'unknown';
  readonly program?: string;
  readonly shared?: SharedPort;
  readonly forward?: Forward;
}

/** Those on which something listens, to which there are links that hold, or that are forwarded; in order. */
export function portFacts({ ports, forwards }: ServiceFacts, boxId: string, now: number): PortFacts[] {
  const known = ports.get(boxId)?.known;
  const listening = byPort<ListeningPort>(known?.listening ?? []);
  const shared = byPort(
    (known?.shared ?? []).filter(({ expiresAt }) => expiresAt === undefined || expiresAt > now),
  );
  const forwarded = byPort(forwards.filter((forward) => forward.boxId === boxId));
  const numbers = new Set([...listening.keys(), ...shared.keys(), ...forwarded.keys()]);
  return [...numbers]
    .sort((one, other) => one - other)
    .map((port) => ({
      port,
      isListening: known?.listening ? listening.has(port) : 'unknown',
      program: listening.get(port)?.program,
      shared: shared.get(port),
      forward: forwarded.get(port),
    }));
}

function byPort<T extends { readonly port: number }>(items: readonly T[]): Map<number, T> {
  return new Map(items.map((item) => [item.port, item]));
}
