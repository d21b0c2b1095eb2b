import { EventEmitter, TreeItem, window, type TreeDataProvider, type TreeView, type ViewBadge } from 'vscode';
import { commands, type ViewId } from '../../contributions';
import type { Connections } from '../../app/connections';
import type { Inventory } from '../../app/inventory';
import type { Listing } from '../../app/listing';
import { Observable, type Observed, type Subscription } from '../../app/observable';
import { showBusy } from './busy';
import { repaintOf } from './repaint';
import { moreRowId, type Row } from './row';
import type { Fact } from './tooltip-facts';
import { tooltipOf } from './tooltip';
import { treeItemOf } from './tree-item';
import { viewWords } from './view-words';

/** As much of a collection as a view reads. */
export interface Listed {
  readonly listing: Observed<Listing<unknown>>;
  readonly busy: Observed<boolean>;
  readonly filter: string;
}

export interface TreeKind {
  readonly view: ViewId;
  /** Argument of the `Load more…` row's command. */
  readonly loads: 'sandboxes' | 'snapshots';
  readonly collection: (inventory: Inventory) => Listed;
  readonly rows: (inventory: Inventory, now: number) => Row[];
  readonly tooltip: (inventory: Inventory, id: string) => Fact[];
  /** The number on the container's icon, where this view has one. */
  readonly badge?: (inventory: Inventory) => ViewBadge | undefined;
  /** What else the rows are made of, beside the collection itself. */
  readonly alsoFollows: (inventory: Inventory) => Observed<unknown>[];
}

/** Ages of rows in motion, and of old rows, advance every second, those of the others every half minute. */
const busyTickMs = 1_000;
const calmTickMs = 30_000;

/** A view of one collection. Its elements are resource ids: what a row shows is looked up when the editor asks. */
export class Tree implements TreeDataProvider<string> {
  readonly #kind: TreeKind;
  readonly #connections: Connections;
  readonly #changed = new EventEmitter<string[] | undefined>();
  readonly #visible = new Observable(false);
  readonly #subscriptions: Subscription[];
  readonly #view: TreeView<string>;
  #ofInventory: Subscription[] = [];
  #inventory: Inventory | undefined;
  #rows: readonly Row[] = [];
  #byId: ReadonlyMap<string, Row> = new Map();
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(kind: TreeKind, connections: Connections) {
    this.#kind = kind;
    this.#connections = connections;
    this.#view = window.createTreeView(kind.view, {
      treeDataProvider: this,
      showCollapseAll: false,
      canSelectMany: true,
    });
    this.#visible.set(this.#view.visible);
    this.#subscriptions = [
      this.#view,
      showBusy(kind.view, connections, (inventory) => kind.collection(inventory).busy),
      this.#changed,
      this.#view.onDidChangeVisibility(({ visible }) => this.#visible.set(visible)),
      this.#visible.subscribe(() => this.#repaint()),
      connections.current.subscribe(() => this.#follow()),
    ];
    this.#follow();
  }

  get visible(): Observed<boolean> {
    return this.#visible;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscription of [...this.#subscriptions, ...this.#ofInventory]) subscription.dispose();
  }

  /** Selects the resource's row without taking the focus; false when it is not in sight, or went meanwhile. */
  async reveal(id: string): Promise<boolean> {
    this.#repaint();
    if (!this.#view.visible || !this.#byId.has(id)) return false;
    try {
      await this.#view.reveal(id, { select: true, focus: false });
      return true;
    } catch {
      return false;
    }
  }

  getChildren(parent?: string): string[] {
    return parent === undefined ? this.#rows.map(({ id }) => id) : [];
  }

  getParent(): undefined {
    return undefined;
  }

  getTreeItem(id: string): TreeItem {
    const row = this.#byId.get(id);
    // The row went after the editor was told to draw it: it is told of that as well, and drops this one.
    if (!row) return new TreeItem('');
    const { loads } = this.#kind;
    return treeItemOf(
      row,
      id === moreRowId ? { command: commands.loadMore, title: row.label, arguments: [loads] } : undefined,
    );
  }

  resolveTreeItem(item: TreeItem, id: string): TreeItem {
    const row = this.#byId.get(id);
    if (row && this.#inventory && id !== moreRowId) {
      item.tooltip = tooltipOf(row.label, this.#kind.tooltip(this.#inventory, id));
    }
    return item;
  }

  #follow(): void {
    const inventory = this.#connections.current.value.session?.inventory;
    if (inventory !== this.#inventory) {
      for (const subscription of this.#ofInventory) subscription.dispose();
      this.#inventory = inventory;
      this.#ofInventory = inventory
        ? [
            this.#kind.collection(inventory).listing,
            inventory.pending.actions,
            ...this.#kind.alsoFollows(inventory),
          ].map((observed) => observed.subscribe(() => this.#repaint()))
        : [];
    }
    this.#repaint();
  }

  #repaint(): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    const before = this.#rows;
    this.#rows = this.#inventory ? this.#kind.rows(this.#inventory, now) : [];
    this.#byId = new Map(this.#rows.map((row) => [row.id, row]));
    const collection = this.#inventory && this.#kind.collection(this.#inventory);
    const { description, message } = viewWords({
      connection: this.#connections.current.value,
      listing: collection?.listing.value,
      filter: collection?.filter ?? '',
      now,
    });
    this.#view.description = description;
    this.#view.message = message;
    this.#setBadge(this.#inventory && this.#kind.badge?.(this.#inventory));
    const repaint = repaintOf(before, this.#rows);
    if (repaint.kind === 'all') this.#changed.fire(undefined);
    if (repaint.kind === 'rows') this.#changed.fire([...repaint.ids]);
    const isBusy =
      collection?.listing.value.state === 'stale' || this.#rows.some(({ icon }) => icon === 'busy');
    if (this.#visible.value) {
      this.#timer = setTimeout(() => this.#repaint(), isBusy ? busyTickMs : calmTickMs);
    }
  }

  /** Each setting is drawn anew, also one that changes nothing. */
  #setBadge(badge: ViewBadge | undefined): void {
    if (badge?.tooltip === this.#view.badge?.tooltip) return;
    this.#view.badge = badge;
  }
}
