import { EventEmitter, l10n, TreeItem, window, type TreeDataProvider, type TreeView } from 'vscode';
import { commands, views } from '../../contributions';
import type { Activities } from '../../app/activity/activities';
import type { Connections } from '../../app/connections';
import type { Memory } from '../../app/memory';
import type { Subscription } from '../../app/observable';
import { PaintedRows } from '../trees/painted-rows';
import { noRows } from '../trees/row-tree';
import { treeItemOf } from '../trees/tree-item';
import { activityRow } from './activity-row';

const busyTickMs = 1_000;
const calmTickMs = 30_000;

interface ActivityTreeOptions {
  readonly activities: Activities;
  readonly connections: Pick<Connections, 'current'>;
  readonly memory: Pick<Memory, 'profiles'>;
}

/** The view of what is under way and what was lately. Its elements are the actions' ids. */
export class ActivityTree implements TreeDataProvider<string> {
  readonly #activities: Activities;
  readonly #memory: Pick<Memory, 'profiles'>;
  readonly #changed = new EventEmitter<string[] | undefined>();
  readonly #view: TreeView<string>;
  readonly #subscriptions: Subscription[];
  #watching: Subscription | undefined;
  readonly #rows = new PaintedRows();
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor({ activities, connections, memory }: ActivityTreeOptions) {
    this.#activities = activities;
    this.#memory = memory;
    this.#view = window.createTreeView(views.activity, { treeDataProvider: this });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      this.#view.onDidChangeVisibility(({ visible }) => this.#follow(visible)),
      activities.all.subscribe(() => this.#repaint()),
      connections.current.subscribe(() => this.#repaint()),
    ];
    this.#follow(this.#view.visible);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watching?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  getChildren(parent?: string): string[] {
    return this.#rows.children(parent).map(({ id }) => id);
  }

  getTreeItem(id: string): TreeItem {
    const row = this.#rows.row(id);
    if (!row) return new TreeItem('');
    return treeItemOf(row, undefined, { command: commands.showActivity, title: row.label, arguments: [id] });
  }

  /** Other windows' actions are of interest only to who looks. */
  #follow(visible: boolean): void {
    this.#watching?.dispose();
    this.#watching = visible ? this.#activities.watch() : undefined;
    this.#repaint();
  }

  #repaint(): void {
    clearTimeout(this.#timer);
    const now = Date.now();
    const { profiles } = this.#memory;
    const top = this.#activities.all.value.map((found) => activityRow(found, now, profiles));
    this.#view.message = top.length === 0 ? l10n.t('Nothing was done yet.') : undefined;
    const repaint = this.#rows.paint({ ...noRows, top });
    if (repaint.kind === 'all') this.#changed.fire(undefined);
    if (repaint.kind === 'rows') this.#changed.fire([...repaint.ids]);
    if (!this.#view.visible) return;
    this.#timer = setTimeout(() => this.#repaint(), this.#rows.hasBusyOne ? busyTickMs : calmTickMs);
  }
}
