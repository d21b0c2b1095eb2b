import { EventEmitter, l10n, TreeItem, window, type TreeDataProvider, type TreeView } from 'vscode';
import { commands, views } from '../../contributions';
import type { Activities } from '../../app/activity/activities';
import type { Subscription } from '../../app/observable';
import { repaintOf } from '../trees/repaint';
import type { Row } from '../trees/row';
import { treeItemOf } from '../trees/tree-item';
import { activityRow } from './activity-row';

const busyTickMs = 1_000;
const calmTickMs = 30_000;

/** The view of what is under way and what was lately. Its elements are the actions' ids. */
export class ActivityTree implements TreeDataProvider<string> {
  readonly #activities: Activities;
  readonly #changed = new EventEmitter<string[] | undefined>();
  readonly #view: TreeView<string>;
  readonly #subscriptions: Subscription[];
  #watching: Subscription | undefined;
  #rows: readonly Row[] = [];
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(activities: Activities) {
    this.#activities = activities;
    this.#view = window.createTreeView(views.activity, { treeDataProvider: this });
    this.#subscriptions = [
      this.#view,
      this.#changed,
      this.#view.onDidChangeVisibility(({ visible }) => this.#follow(visible)),
      activities.all.subscribe(() => this.#repaint()),
    ];
    this.#follow(this.#view.visible);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watching?.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  getChildren(parent?: string): string[] {
    return parent === undefined ? this.#rows.map(({ id }) => id) : [];
  }

  getTreeItem(id: string): TreeItem {
    const row = this.#rows.find((each) => each.id === id);
    if (!row) return new TreeItem('');
    return treeItemOf(row, { command: commands.showActivity, title: row.label, arguments: [id] });
  }

  /** Other windows' actions are of interest only to who looks. */
  #follow(visible: boolean): void {
    this.#watching?.dispose();
    this.#watching = visible ? this.#activities.watch() : undefined;
    this.#repaint();
  }

  #repaint(): void {
    clearTimeout(this.#timer);
    const before = this.#rows;
    const now = Date.now();
    this.#rows = this.#activities.all.value.map((found) => activityRow(found, now));
    this.#view.message = this.#rows.length === 0 ? l10n.t('Nothing was done yet.') : undefined;
    const repaint = repaintOf(before, this.#rows);
    if (repaint.kind === 'all') this.#changed.fire(undefined);
    if (repaint.kind === 'rows') this.#changed.fire([...repaint.ids]);
    if (!this.#view.visible) return;
    const isBusy = this.#rows.some(({ icon }) => icon === 'busy');
    this.#timer = setTimeout(() => this.#repaint(), isBusy ? busyTickMs : calmTickMs);
  }
}
