import type { Transport } from '../api/transport';
import { createInventory, type Inventory } from './inventory';
import type { Target } from './target';

/**
 * What belongs to one target and outlives a broken connection to it: the rows stay while the server is found again.
 * An action keeps the session it began with, also when the user connects elsewhere meanwhile.
 */
export class Session {
  readonly inventory: Inventory;
  #target: Target;
  readonly #ending = new AbortController();
  #transport: Transport;

  constructor(target: Target, transport: Transport, pageSize: () => number) {
    this.#target = target;
    this.#transport = transport;
    this.inventory = createInventory(() => this.#transport, pageSize);
  }

  get target(): Target {
    return this.#target;
  }

  /** The same one by another name. */
  renamed(target: Target): void {
    this.#target = target;
  }

  get transport(): Transport {
    return this.#transport;
  }

  /** Aborts when the window has left this connection. */
  get ended(): AbortSignal {
    return this.#ending.signal;
  }

  /** Closes the connections to the address before. */
  async moveTo(transport: Transport): Promise<void> {
    const before = this.#transport;
    this.#transport = transport;
    await before.close();
  }

  /** Ends every wait and every open call. Once is enough. */
  async end(): Promise<void> {
    if (this.ended.aborted) return;
    this.#ending.abort(new Error('The window left this connection'));
    this.inventory.pending.overtakeAll();
    await this.#transport.close();
  }
}
