import { abortable } from '../../api/abortable';
import type { CallOptions, Transport } from '../../api/transport';
import { openTunnel, type Tunnel } from '../../api/tunnel/tunnel';
import type { Session } from '../session';
import { NotRunningError, runningBox, type Ended } from '../running-box';

/**
 * A tunnel that starts no sandbox: the server would, at the first byte. It goes on over another transport when the
 * session has found its server at another address. `onEnded` is told when the sandbox turns out not to run.
 */
export class AwakeTunnel implements Tunnel {
  readonly #session: Session;
  readonly #boxId: string;
  readonly #onEnded: (ended: Ended) => void;
  #open: { readonly tunnel: Tunnel; readonly transport: Transport } | undefined;
  #looking: Promise<Tunnel> | undefined;
  #isClosed = false;

  constructor(session: Session, boxId: string, onEnded: (ended: Ended) => void) {
    this.#session = session;
    this.#boxId = boxId;
    this.#onEnded = onEnded;
  }

  async connect(port: number, options: CallOptions = {}): ReturnType<Tunnel['connect']> {
    this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
    const tunnel = await abortable(this.#looking, options.signal);
    return tunnel.connect(port, options);
  }

  close(): void {
    this.#isClosed = true;
    this.#open?.tunnel.close();
  }

  /** Before each connection, for a stop is not told; one look is shared by those who wait for it. */
  async #look(): Promise<Tunnel> {
    const { transport } = this.#session;
    const box = await runningBox(this.#session, this.#boxId).catch((error: unknown) => {
      if (error instanceof NotRunningError) this.#onEnded(error.ended);
      throw error;
    });
    if (this.#isClosed) throw new Error('The tunnel was closed');
    const before = this.#open;
    const tunnel = before?.transport === transport ? before.tunnel : openTunnel(transport, box);
    if (before && before.tunnel !== tunnel) before.tunnel.close();
    this.#open = { tunnel, transport };
    return tunnel;
  }
}
