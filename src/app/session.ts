import type { Transport } from '../api/transport';
import { createInventory, type Inventory } from './inventory';

/**
 * Where sandboxes live. Persisted; holds nothing secret. `endpoint` is as `parseEndpoint` gives it. Its key is the
 * stored one, or with `source` the one of the environment, which is not stored.
 */
export type Target =
  | { readonly kind: 'local' }
  | { readonly kind: 'langsmith'; readonly endpoint: string; readonly source?: 'environment' };

export function isSameTarget(one: Target, other: Target): boolean {
  if (one.kind === 'local' || other.kind === 'local') return one.kind === other.kind;
  return one.endpoint === other.endpoint && one.source === other.source;
}

export function hasStoredKey(target: Target): target is Target & { readonly kind: 'langsmith' } {
  return target.kind === 'langsmith' && target.source === undefined;
}

export const cloudEndpoint = 'https://api.smith.langchain.com';
const cloudEndpointEu = 'https://eu.api.smith.langchain.com';

/** The connection's name as it stands beside the views' names; product names are not translated. */
export function targetName(target: Target): string {
  if (target.kind === 'local') return 'Local';
  const name = endpointName(target.endpoint);
  return target.source === 'environment' ? `${name} (env)` : name;
}

function endpointName(endpoint: string): string {
  switch (endpoint) {
    case cloudEndpoint:
      return 'LangSmith';
    case cloudEndpointEu:
      return 'LangSmith EU';
    default:
      return new URL(endpoint).host;
  }
}

/**
 * What belongs to one target and outlives a broken connection to it: the rows stay while the server is found again.
 * An action keeps the session it began with, also when the user connects elsewhere meanwhile.
 */
export class Session {
  readonly inventory: Inventory;
  #transport: Transport;

  constructor(
    readonly target: Target,
    transport: Transport,
    pageSize: () => number,
  ) {
    this.#transport = transport;
    this.inventory = createInventory(() => this.#transport, pageSize);
  }

  get transport(): Transport {
    return this.#transport;
  }

  /** Closes the connections to the address before. */
  async moveTo(transport: Transport): Promise<void> {
    const before = this.#transport;
    this.#transport = transport;
    await before.close();
  }

  /** Ends every wait and every open call. */
  async end(): Promise<void> {
    this.inventory.pending.overtakeAll();
    await this.#transport.close();
  }
}
