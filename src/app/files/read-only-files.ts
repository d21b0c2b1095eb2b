import type { Memento } from 'vscode';
import { Observable, type Observed } from '../observable';

const entry = 'readOnlyFiles';
/** Of sandboxes that are long gone nobody tells this window. */
const mostKept = 500;

/** The sandboxes whose files the user wants to keep as they are; kept for the workspace. */
export class ReadOnlyFiles {
  readonly #state: Pick<Memento, 'get' | 'update'>;
  readonly #ids: Observable<ReadonlySet<string>>;

  constructor(state: Pick<Memento, 'get' | 'update'>) {
    this.#state = state;
    this.#ids = new Observable<ReadonlySet<string>>(new Set(state.get<string[]>(entry)));
  }

  get ids(): Observed<ReadonlySet<string>> {
    return this.#ids;
  }

  has(id: string): boolean {
    return this.#ids.value.has(id);
  }

  async set(id: string, isReadOnly: boolean): Promise<void> {
    const others = [...this.#ids.value].filter((each) => each !== id);
    const ids = isReadOnly ? [...others, id].slice(-mostKept) : others;
    this.#ids.set(new Set(ids));
    await this.#state.update(entry, ids.length > 0 ? ids : undefined);
  }
}
