import type { Network, NetworkOptions } from './network';

/**
 * The network, made when it is first needed: what makes connections is most of this program, and would make each start
 * of an editor slower, also where nobody looks at a sandbox.
 */
export class NetworkOnFirstUse {
  readonly #options: NetworkOptions;
  #made: Promise<Network> | undefined;
  #isClosed = false;

  constructor(options: NetworkOptions) {
    this.#options = options;
  }

  get(): Promise<Network> {
    return (this.#made ??= this.#make());
  }

  /** Ends every open call, and each that is yet to come. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await (await this.#made)?.dispatcher.destroy();
  }

  async #make(): Promise<Network> {
    const { makeNetwork } = await import('./network');
    const network = makeNetwork(this.#options);
    if (this.#isClosed) await network.dispatcher.destroy();
    return network;
  }
}
