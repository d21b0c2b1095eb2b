import type { Page } from '../api/pages';
import type { CallOptions } from '../api/transport';
import type { ListQuery } from '../api/types';
import { failureOf } from './failure';
import { firstRows, nextRows } from './first-rows';
import { failed, removed, rowsOf, upserted, type Listing, type Resource, type Rows } from './listing';
import { Observable, type Observed } from './observable';

export interface CollectionOptions<T> {
  list: (query: ListQuery, call: CallOptions) => Promise<Page<T>>;
  /** Rows a page, 1 to 500; read at each use. */
  pageSize: () => number;
  now?: () => number;
}

/**
 * The rows of one kind of resource on one connection. Nothing here rejects: what went wrong stands in the listing.
 * What an action or a poll says of one resource while a refresh is under way is not undone by its older answer.
 */
export class Collection<T extends Resource> {
  readonly #options: CollectionOptions<T>;
  readonly #listing = new Observable<Listing<T>>({ state: 'loading' });
  readonly #busy = new Observable(false);
  #filter = '';
  #generation = 0;
  #loading: Promise<void> | undefined;
  #since = new Map<string, T | undefined>();

  constructor(options: CollectionOptions<T>) {
    this.#options = options;
  }

  get listing(): Observed<Listing<T>> {
    return this.#listing;
  }

  /** While a list is being asked for. */
  get busy(): Observed<boolean> {
    return this.#busy;
  }

  /** Part of the name, matched by the server without regard to case; empty for everything. */
  get filter(): string {
    return this.#filter;
  }

  get items(): readonly T[] {
    return rowsOf(this.#listing.value).items;
  }

  find(id: string): T | undefined {
    return this.items.find((item) => item.id === id);
  }

  /**
   * As many rows as are loaded, anew. A refresh that is under way already is joined. `quietly`: nobody waits for it,
   * and `busy` says nothing of it.
   */
  refresh(how: 'openly' | 'quietly' = 'openly'): Promise<void> {
    return (this.#loading ??= this.#load(() => this.#first(this.items.length), how));
  }

  async loadMore(): Promise<void> {
    await this.#loading;
    const before = rowsOf(this.#listing.value);
    if (before.nextOffset === undefined) return;
    this.#loading ??= this.#load(async () => {
      const pageSize = this.#options.pageSize();
      const { rows, isWhole } = await nextRows(before, pageSize, this.#page);
      return isWhole ? rows : this.#first(before.items.length + pageSize);
    }, 'openly');
    await this.#loading;
  }

  async setFilter(text: string): Promise<void> {
    if (text === this.#filter) return;
    this.#filter = text;
    this.#generation++;
    this.#loading = undefined;
    this.#listing.set({ state: 'loading' });
    await this.refresh();
  }

  /** Takes in what the server said of one resource. One that the filter leaves out is not added. */
  upsert(item: T): void {
    this.#since.set(item.id, item);
    this.#change((rows) => (this.#shows(rows, item) ? upserted(rows, item) : rows));
  }

  remove(id: string): void {
    this.#since.set(id, undefined);
    this.#change((rows) => removed(rows, id));
  }

  #first(count: number): Promise<Rows<T>> {
    return firstRows(Math.max(this.#options.pageSize(), count), this.#page);
  }

  readonly #page = (offset: number, limit: number): Promise<Page<T>> => {
    const query: ListQuery = { limit, offset };
    return this.#options.list(this.#filter === '' ? query : { ...query, name_contains: this.#filter }, {});
  };

  async #load(ask: () => Promise<Rows<T>>, how: 'openly' | 'quietly'): Promise<void> {
    const generation = this.#generation;
    this.#since = new Map();
    if (how === 'openly') this.#busy.set(true);
    const next = await this.#answer(ask);
    if (generation !== this.#generation) return;
    this.#loading = undefined;
    this.#busy.set(false);
    this.#listing.set(next());
  }

  async #answer(ask: () => Promise<Rows<T>>): Promise<() => Listing<T>> {
    try {
      const rows = await ask();
      const at = (this.#options.now ?? Date.now)();
      return () => ({ state: 'ready', rows: this.#withChangesSince(rows), at });
    } catch (error) {
      return () => failed(this.#listing.value, failureOf(error));
    }
  }

  #withChangesSince(rows: Rows<T>): Rows<T> {
    let current = rows;
    for (const [id, item] of this.#since) {
      if (item === undefined) current = removed(current, id);
      else if (this.#shows(current, item)) current = upserted(current, item);
    }
    return current;
  }

  #shows(rows: Rows<T>, item: T): boolean {
    return (
      rows.items.some(({ id }) => id === item.id) ||
      item.name.toLowerCase().includes(this.#filter.toLowerCase())
    );
  }

  #change(change: (rows: Rows<T>) => Rows<T>): void {
    const listing = this.#listing.value;
    if (listing.state !== 'ready' && listing.state !== 'stale') return;
    const rows = change(listing.rows);
    if (rows !== listing.rows) this.#listing.set({ ...listing, rows });
  }
}
