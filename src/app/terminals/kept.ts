import type { Memento } from 'vscode';
import { isSameTarget, type Target } from '../target';
import { isStillKept, terminalsEntry } from './left';

/** A shell that runs in a sandbox, as it is written down: no command line, which may hold a secret, is. */
export interface KeptTerminal {
  readonly commandId: string;
  readonly boxId: string;
  readonly boxName: string;
  readonly target: Target;
  /** RFC 3339. */
  readonly startedAt: string;
  /** When a window was seen to be attached last, in epoch milliseconds. */
  readonly attachedAt: number;
}

/** The terminals of this workspace, written down so that the next window finds them again. */
export class KeptTerminals {
  readonly #state: Memento;
  /** Those that this window has on screen, and their sandboxes. */
  readonly #attached = new Map<string, string>();

  constructor(state: Memento) {
    this.#state = state;
  }

  /** On that connection and on no screen of this window, newest first. */
  left(target: Target, now = Date.now()): readonly KeptTerminal[] {
    return this.#all
      .filter((kept) => isStillKept(kept, now) && isSameTarget(kept.target, target))
      .filter(({ commandId }) => !this.#attached.has(commandId))
      .reverse();
  }

  /** Ids of the sandboxes that terminals of this window run in. */
  get attachedBoxes(): ReadonlySet<string> {
    return new Set(this.#attached.values());
  }

  async attach(terminal: KeptTerminal): Promise<void> {
    this.#attached.set(terminal.commandId, terminal.boxId);
    await this.#write([...this.#others(terminal.commandId), { ...terminal, attachedAt: Date.now() }]);
  }

  /** Those on a screen are still: to be called now and then, for a window says nothing when it goes. */
  async refresh(now = Date.now()): Promise<void> {
    if (this.#attached.size === 0) return;
    const isAttached = ({ commandId }: KeptTerminal): boolean => this.#attached.has(commandId);
    await this.#write(this.#all.map((kept) => (isAttached(kept) ? { ...kept, attachedAt: now } : kept)));
  }

  /** It is on no screen any more and may go on. */
  detach(commandId: string): void {
    this.#attached.delete(commandId);
  }

  /** It has ended. */
  async forget(commandId: string): Promise<void> {
    this.#attached.delete(commandId);
    await this.#write(this.#others(commandId));
  }

  get #all(): readonly KeptTerminal[] {
    return this.#state.get<KeptTerminal[]>(terminalsEntry) ?? [];
  }

  #others(commandId: string): KeptTerminal[] {
    return this.#all.filter((kept) => kept.commandId !== commandId);
  }

  async #write(terminals: readonly KeptTerminal[]): Promise<void> {
    const young = terminals.filter((kept) => isStillKept(kept, Date.now()));
    await this.#state.update(terminalsEntry, young.length > 0 ? young : undefined);
  }
}
