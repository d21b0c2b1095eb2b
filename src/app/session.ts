import type { Transport } from '../api/transport';
import { createInventory, type Inventory } from './inventory';
import type { Target } from './target';

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
