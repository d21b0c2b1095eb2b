import type { Memento } from 'vscode';
import type { Secret } from '../../api/secret';
import type { Connection } from '../connection';
import { Observable, type Observed, type Subscription } from '../observable';
import { isSameTarget, type Target } from '../target';
import { targetId } from '../target-id';
import { variablesOf, type Variables } from './variables';
import { keepWorkspaceChoice, workspaceChoice, type WorkspaceChoice } from './workspace-choice';

export interface TerminalAccessOptions {
  readonly current: Observed<Connection>;
  /** Of the workspace. */
  readonly state: Pick<Memento, 'get' | 'update'>;
  readonly keyOf: (target: Target) => Promise<Secret | undefined>;
  readonly onError: (error: unknown) => void;
}

/**
 * Which variables programs in the terminals of this workspace get: none unless the user wants it, and those of the
 * connection while it stands. A key of LangSmith is among them only when the user gave that very connection's.
 */
export class TerminalAccess {
  readonly #options: TerminalAccessOptions;
  readonly #following: Subscription;
  readonly #variables = new Observable<Variables | undefined>(undefined);
  readonly #choice: Observable<WorkspaceChoice>;
  #latest: object | undefined;

  constructor(options: TerminalAccessOptions) {
    this.#options = options;
    this.#choice = new Observable(workspaceChoice(options.state));
    this.#following = options.current.subscribe(() => void this.#follow());
    void this.#follow();
  }

  /** Absent: programs are left with what they have. */
  get variables(): Observed<Variables | undefined> {
    return this.#variables;
  }

  get choice(): Observed<WorkspaceChoice> {
    return this.#choice;
  }

  /** From now on, also after the window was reloaded. */
  async use(target: Target, key: 'with-key' | 'without-key'): Promise<void> {
    const id = targetId(target);
    const others = this.#choice.value.keyOf.filter((other) => other !== id);
    await this.#choose({ isOn: true, keyOf: key === 'with-key' ? [...others, id] : others });
  }

  async stop(): Promise<void> {
    await this.#choose({ isOn: false, keyOf: [] });
  }

  dispose(): void {
    this.#following.dispose();
    this.#latest = undefined;
  }

  async #choose(choice: WorkspaceChoice): Promise<void> {
    this.#choice.set(choice);
    await keepWorkspaceChoice(this.#options.state, choice);
    await this.#follow();
  }

  /** The last look wins; nothing of a connection that is gone stays while the key of the next one is read. */
  async #follow(): Promise<void> {
    const look = (this.#latest = {});
    const connection = this.#options.current.value;
    const before = this.#variables.value;
    if (!this.#choice.value.isOn || connection.state === 'signed-out') {
      this.#variables.set(undefined);
      return;
    }
    const { target } = connection;
    if (before && !isSameTarget(before.target, target)) this.#variables.set(undefined);
    if (connection.state !== 'connected') return;
    const apiKey = await this.#apiKey(target);
    if (this.#latest !== look) return;
    this.#variables.set(variablesOf({ target, endpoint: connection.endpoint, apiKey }));
  }

  async #apiKey(target: Target): Promise<Secret | undefined> {
    const { keyOf, onError } = this.#options;
    const isGiven = target.kind === 'local' || this.#choice.value.keyOf.includes(targetId(target));
    if (!isGiven) return undefined;
    try {
      return await keyOf(target);
    } catch (error) {
      onError(error);
      return undefined;
    }
  }
}
