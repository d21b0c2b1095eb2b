import { EventEmitter, TreeItem, window, type TreeDataProvider, type TreeView, type ViewBadge } from 'vscode';
import type { Connections } from '../../app/connections';
import type { Inventory } from '../../app/inventory';
import { Observable, type Observed, type Subscription } from '../../app/observable';
import { showBusy } from './busy';
import { PaintedRows } from './painted-rows';
import type { ResourceLink, Row, RowFile } from './row';
import { rowCommand } from './row-command';
import { noRows } from './row-tree';
import { tooltipOf } from './tooltip';
import { treeItemOf } from './tree-item';
import type { TreeKind } from './tree-kind';
import { viewWords } from './view-words';

/** Ages of rows in motion, and of old rows, advance every second, those of the others every half minute. */
const busyTickMs = 1_000;
const calmTickMs = 30_000;

/** A view of one collection. Its elements are ids of rows: what a row shows is looked up when the editor asks. */
export class Tree implements TreeDataProvider<string> {
  readonly #kind: TreeKind;
  readonly #connections: Connections;
  readonly #changed = new EventEmitter<string[] | undefined>();
  readonly #visible = new Observable(false);
  readonly #subscriptions: Subscription[];
  readonly #view: TreeView<string>;
  #ofInventory: Subscription[] = [];
  #inventory: Inventory | undefined;
  readonly #rows = new PaintedRows();
  /** As the user left rows, for those that are drawn anew under another parent. */
  readonly #folds = new Map<string, Row['fold']>();
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(kind: TreeKind, connections: Connections) {
    this.#kind = kind;
    this.#connections = connections;
    this.#view = window.createTreeView(kind.view, {
      treeDataProvider: this,
      showCollapseAll: false,
      canSelectMany: true,
      dragAndDropController: this.drag,
    });
    this.#visible.set(this.#view.visible);
    this.#subscriptions = [
      this.#view,
      showBusy(kind.view, connections, (inventory) => kind.collection(inventory).busy),
      this.#changed,
      this.#view.onDidExpandElement(({ element }) => {
        this.#folds.set(element, 'expanded');
        kind.onShown?.(element, 'opened');
      }),
      this.#view.onDidCollapseElement(({ element }) => this.#folds.set(element, 'collapsed')),
      this.#view.onDidChangeVisibility(({ visible }) => this.#visible.set(visible)),
      this.#visible.subscribe(() => this.#repaint()),
      connections.current.subscribe(() => this.#follow()),
    ];
    this.#follow();
  }

  /** What can be dragged from its rows and dropped on them. */
  get drag(): TreeKind['drag'] {
    return this.#kind.drag;
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
    const isFolded = this.#folds.get(this.#rows.parent(id) ?? '') === 'collapsed';
    return this.#view.visible && !isFolded && (await this.#select(id, false));
  }

  /** Brings the resource's row to the front, also from a view that is hidden; false when it is not loaded. */
  show(id: string): Promise<boolean> {
    this.#repaint();
    return this.#select(id, true);
  }

  /** The resource that choosing this row leads to. */
  linkOf(id: string): ResourceLink | undefined {
    return this.#rows.row(id)?.leadsTo;
  }

  /** The file or folder of a sandbox that this row stands for. */
  fileOf(id: string): RowFile | undefined {
    return this.#rows.row(id)?.file;
  }

  getChildren(parent?: string): string[] {
    if (parent !== undefined) this.#kind.onShown?.(parent, 'drawn');
    return this.#rows.children(parent).map(({ id }) => id);
  }

  getParent(id: string): string | undefined {
    return this.#rows.parent(id);
  }

  getTreeItem(id: string): TreeItem {
    const row = this.#rows.row(id);
    // The row went after the editor was told to draw it: it is told of that as well, and drops this one.
    if (!row) return new TreeItem('');
    return treeItemOf(row, row.fold && (this.#folds.get(id) ?? row.fold), rowCommand(row, this.#kind.loads));
  }

  resolveTreeItem(item: TreeItem, id: string): TreeItem {
    const row = this.#rows.row(id);
    const facts = row && this.#inventory ? this.#kind.tooltip(this.#inventory, id) : [];
    if (row && facts.length > 0) item.tooltip = tooltipOf(row.label, facts);
    return item;
  }

  async #select(id: string, focus: boolean): Promise<boolean> {
    if (!this.#rows.row(id)) return false;
    try {
      await this.#view.reveal(id, { select: true, focus });
      return true;
    } catch {
      return false;
    }
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
    const repaint = this.#rows.paint(this.#inventory ? this.#kind.rows(this.#inventory, now) : noRows);
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
    if (repaint.kind === 'all') this.#changed.fire(undefined);
    if (repaint.kind === 'rows') this.#changed.fire([...repaint.ids]);
    const isBusy = collection?.listing.value.state === 'stale' || this.#rows.hasBusyOne;
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
