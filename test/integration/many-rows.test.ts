import assert from 'node:assert/strict';
import path from 'node:path';
import { commands as editor, ConfigurationTarget, workspace } from 'vscode';
import { Secret } from '../../src/api/secret';
import type { Inventory } from '../../src/app/inventory';
import { commands, settings, views } from '../../src/contributions';
import type { Window } from '../../src/window';
import type { Tree } from '../../src/ui/trees/tree';
import { boxName, snapshotName, startCrowdedApi, type CrowdedApi } from '../harness/crowded-api';
import { heapKilobytes } from '../harness/heap';
import { until } from '../harness/until';
import { activated } from './access';
import { watchCalm } from './painting';

const program = path.join(__dirname, '../harness/crowded-api-process.js');
const { signal } = new AbortController();
const some = { snapshots: 1_000, boxes: 200 };
const tenfold = { snapshots: 10_000, boxes: 2_000 };
/** Of a page that the user has not set otherwise, and the API's largest. */
const [usualPage, largestPage] = [50, 500];

/** Kilobytes, some times what a page takes; all rows take ten times as much. */
const pageMemory = 2_048;

/** What looking at the first page of both lists costs. */
interface PageCost {
  /** Until there were rows. */
  listings: number;
  rows: number;
  /** For one snapshot and one sandbox that changed. */
  told: number;
  asked: number;
  /** For a filter of each. */
  listingsOfFilters: number;
}

suite('a long list', () => {
  let api: CrowdedApi;
  let host: Window;
  let trees: { snapshots: Tree; sandboxes: Tree };

  setup(async () => {
    api = await startCrowdedApi(program);
    host = await activated();
    ({ trees } = host.desk);
  });

  teardown(async () => {
    await host.desk.connections.signOut();
    await setPageSize(undefined);
    await api.end();
  });

  test('costs the same requests, rows and memory while ten times as much is there as is in sight', async function () {
    this.timeout(180_000);
    await firstPage(some); // what is made once and kept is made now
    const costs = [await firstPage(some), await firstPage(tenfold)] as const;
    console.log(`first pages: ${JSON.stringify(costs)}`);
    for (const { cost } of costs) {
      assert.deepEqual(cost, {
        listings: 2,
        rows: 2 * (usualPage + 1),
        told: 2,
        asked: 2,
        listingsOfFilters: 2,
      } satisfies PageCost);
    }
    const growth = costs[1].kilobytes - costs[0].kilobytes;
    assert.ok(growth < pageMemory, `The page takes ${growth} kB more.`);
  });

  test('loaded to its end costs a request a page, and one row for one change however many there are', async function () {
    this.timeout(300_000);
    await setPageSize(largestPage);
    const costs = [await toTheEnd(some), await toTheEnd(tenfold)] as const;
    console.log(`lists to their end: ${JSON.stringify(costs)}`);
    for (const [index, { snapshots, boxes }] of [some, tenfold].entries()) {
      assert.equal(costs[index]?.rows, snapshots + boxes);
      assert.equal(costs[index].listings, pagesOf(snapshots) + pagesOf(boxes));
      assert.equal(costs[index].told, 2);
    }
  });

  async function toTheEnd(
    total: typeof some,
  ): Promise<Record<'rows' | 'listings' | 'told' | 'kilobytes', number>> {
    await api.fill(total.snapshots, total.boxes);
    const before = await heapKilobytes();
    const { snapshots, boxes } = await connect();
    for (const list of [snapshots, boxes]) {
      await until('all rows', async () => {
        const loaded = list.items.length;
        await list.loadMore();
        return loaded === list.items.length || undefined;
      });
    }
    const seen = await listings();
    const paintings = await Promise.all(Object.values(trees).map(watchCalm));
    const [snapshot, box] = [snapshots.items.at(-1), boxes.items.at(-1)];
    assert.ok(snapshot && box);
    snapshots.upsert({ ...snapshot, status: 'failed', status_message: 'Changed.' });
    boxes.upsert({ ...box, status: 'failed', status_message: 'Changed.' });
    for (const painting of paintings) painting.stop();
    const told = paintings.flatMap((painting) => painting.told).length;
    const kilobytes = (await heapKilobytes()) - before;
    const rows = rowsInSight();
    await host.desk.connections.signOut();
    return { rows, listings: seen, told, kilobytes };
  }

  async function firstPage(total: typeof some): Promise<{ cost: PageCost; kilobytes: number; ms: number }> {
    await api.fill(total.snapshots, total.boxes);
    const before = await heapKilobytes();
    const startedAt = performance.now();
    const inventory = await connect();
    const ms = Math.round(performance.now() - startedAt);
    const cost = { listings: await listings(), rows: rowsInSight() } as PageCost;
    await until(
      'names of origins',
      () => inventory.snapshotNames.names.value.size >= usualPage + 10 || undefined,
    );
    const kilobytes = (await heapKilobytes()) - before;
    Object.assign(cost, await changeOfOneEach(inventory));
    cost.listingsOfFilters = await filters(inventory);
    await host.desk.connections.signOut();
    return { cost, kilobytes, ms };
  }

  async function changeOfOneEach({ snapshots, boxes }: Inventory): Promise<Pick<PageCost, 'told' | 'asked'>> {
    const [snapshot, box] = [snapshots.items[1], boxes.items[2]];
    assert.ok(snapshot && box);
    const paintings = await Promise.all(Object.values(trees).map(watchCalm));
    await api.change(snapshot.name, { status: 'failed', status_message: 'Changed.' });
    await api.change(box.name, { status: 'stopped' });
    await editor.executeCommand(commands.refresh);
    const asked = (): string[] => paintings.flatMap((painting) => painting.asked);
    await until('both rows', () => (asked().includes(snapshot.id) && asked().includes(box.id)) || undefined);
    for (const painting of paintings) painting.stop();
    return { told: paintings.flatMap((painting) => painting.told).length, asked: asked().length };
  }

  /** Gives the listings that they took. */
  async function filters({ snapshots, boxes }: Inventory): Promise<number> {
    await api.seen();
    await snapshots.setFilter('CROWD-0012');
    await boxes.setFilter('CROWD-BOX-0012');
    const ten = Array.from({ length: 10 }, (_, index) => 129 - index);
    assert.deepEqual(labels(trees.snapshots), ten.map(snapshotName));
    assert.deepEqual(labels(trees.sandboxes), ten.map(boxName));
    const asked = await listings();
    await snapshots.setFilter('');
    await boxes.setFilter('');
    assert.equal(rowsInSight(), 2 * (usualPage + 1));
    return asked;
  }

  async function connect(): Promise<Inventory> {
    await editor.executeCommand(`${views.snapshots}.focus`);
    await until(
      'the views',
      () => (trees.snapshots.visible.value && trees.sandboxes.visible.value) || undefined,
    );
    await api.seen();
    const key = new Secret(api.apiKey);
    assert.equal(
      (await host.desk.connections.connectLangSmith({ endpoint: api.endpoint }, key, signal)).kind,
      'done',
    );
    await until(
      'the first rows',
      () => Object.values(trees).every((tree) => tree.getChildren().length > 1) || undefined,
    );
    const { session } = host.desk.connections.current.value;
    assert.ok(session);
    return session.inventory;
  }

  async function listings(): Promise<number> {
    const seen = await api.seen();
    return seen.filter((request) => /^GET \/(snapshots|boxes)\?/.test(request)).length;
  }

  function rowsInSight(): number {
    return Object.values(trees).flatMap((tree) => tree.getChildren()).length;
  }

  function labels(tree: Tree): unknown[] {
    return tree.getChildren().map((id) => tree.getTreeItem(id).label);
  }
});

/** Each page but the first repeats the last row of the one before. */
function pagesOf(rows: number): number {
  return 1 + Math.max(0, Math.ceil((rows - largestPage) / (largestPage - 1)));
}

async function setPageSize(size: number | undefined): Promise<void> {
  await workspace.getConfiguration().update(settings.pageSize, size, ConfigurationTarget.Global);
}
