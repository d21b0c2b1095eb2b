import type { Connection } from '../connection';
import type { Observed } from '../observable';
import { Forwards } from './forwards';
import { Ports } from './ports';

/** What this window knows and holds of the services in sandboxes. */
export interface Services {
  readonly forwards: Forwards;
  readonly ports: Ports;
  dispose(): Promise<void>;
}

export function openServices(current: Observed<Connection>): Services {
  const forwards = new Forwards(current);
  const ports = new Ports(current);
  return {
    forwards,
    ports,
    dispose: () => {
      ports.dispose();
      return forwards.dispose();
    },
  };
}
