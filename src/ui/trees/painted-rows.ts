import { repaintOf, topOfAll, type Repaint } from './repaint';
import type { Row } from './row';
import { noRows, type RowTree } from './row-tree';

/** The rows as the editor was told of them. What stands below a resource's row is made once the editor has asked for it. */
export class PaintedRows {
  #tree: RowTree = noRows;
  #lists = new Map<string, readonly Row[]>();
  readonly #rows = new Map<string, Row>();
  readonly #parents = new Map<string, string>();
  readonly #asked = new Set<string>();

  /** Takes the rows of now; what changed is for the editor to be told. */
  paint(tree: RowTree): Repaint {
    const before = this.#lists;
    this.#tree = tree;
    this.#lists = new Map();
    this.#rows.clear();
    this.#parents.clear();
    this.#put(topOfAll, tree.top);
    for (const [group, rows] of tree.groups) this.#put(group, rows);
    for (const id of this.#asked) {
      if (this.#rows.has(id)) this.#put(id, tree.below(id));
      else this.#asked.delete(id);
    }
    return repaintOf(before, this.#lists);
  }

  /** Of the view itself when no parent is given. */
  children(parent = topOfAll): readonly Row[] {
    const known = this.#lists.get(parent);
    if (known || !this.#rows.has(parent)) return known ?? [];
    this.#asked.add(parent);
    return this.#put(parent, this.#tree.below(parent));
  }

  row(id: string): Row | undefined {
    return this.#rows.get(id);
  }

  /** Id of the row that this one stands below; undefined at the top. */
  parent(id: string): string | undefined {
    return this.#parents.get(id);
  }

  get hasBusyOne(): boolean {
    for (const { icon } of this.#rows.values()) if (icon === 'busy') return true;
    return false;
  }

  #put(parent: string, rows: readonly Row[]): readonly Row[] {
    this.#lists.set(parent, rows);
    for (const row of rows) {
      this.#rows.set(row.id, row);
      if (parent !== topOfAll) this.#parents.set(row.id, parent);
    }
    return rows;
  }
}
