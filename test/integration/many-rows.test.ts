import assert from 'node:assert/strict';
import { commands as editor, ConfigurationTarget, workspace } from 'vscode';
import { Secret } from '../../src/api/secret';
import { settings, views } from '../../src/contributions';
import type { InTests } from '../../src/extension';
import type { Tree } from '../../src/ui/trees/tree';
import { until } from '../harness/until';
import { startScriptedApi, type ScriptedApi } from '../unit/app/scripted-api';
import { activated } from './access';

const { signal } = new AbortController();
/** The API's largest: all pages are loaded here, which a person would hardly do. */
const pageSize = 500;

/** What it costs to look at a long list. */
interface Cost {
  requestsForFirstRows: number;
  rowsForFirstRequest: number;
  loaded: number;
  requestsForAll: number;
  paintedForOneChange: number;
  megabytes: number;
}

suite('a long list', () => {
  let api: ScriptedApi;
  let host: InTests;
  let snapshots: Tree;

  setup(async () => {
    api = await startScriptedApi();
    host = await activated();
    ({ snapshots } = host.desk.trees);
    await workspace.getConfiguration().update(settings.pageSize, pageSize, ConfigurationTarget.Global);
  });

  teardown(async () => {
    await host.desk.connections.signOut();
    await workspace.getConfiguration().update(settings.pageSize, undefined, ConfigurationTarget.Global);
    await api.close();
  });

  test('costs one request for its first rows and one row for one change, with 1,000 and with 10,000', async function () {
    this.timeout(120_000);
    const costs = [await cost(1_000), await cost(10_000)];
    // The figures themselves are for who reads the log: memory is the whole extension host's.
    console.log(`long lists: ${JSON.stringify(costs)}`);
    for (const [index, { loaded }] of costs.entries()) assert.equal(loaded, [1_000, 10_000][index]);
    for (const each of costs) {
      assert.equal(each.requestsForFirstRows, 1);
      assert.equal(each.rowsForFirstRequest, pageSize + 1, 'a page, and “Load more…”');
      assert.equal(each.paintedForOneChange, 1);
    }
  });

  async function cost(total: number): Promise<Cost> {
    api.snapshots.splice(0);
    for (let index = 0; index < total; index++) api.addSnapshot({ name: `many-${index}` });
    api.seen.splice(0);
    const outcome = await host.desk.connections.connectLangSmith(
      { endpoint: api.endpoint },
      new Secret(api.apiKey),
      signal,
    );
    assert.equal(outcome.kind, 'done');
    await editor.executeCommand(`${views.snapshots}.focus`);
    await until('the first rows', () => snapshots.getChildren().length > 1 || undefined);
    const [requestsForFirstRows, rowsForFirstRequest] = [listings(), snapshots.getChildren().length];

    const { session } = host.desk.connections.current.value;
    assert.ok(session);
    const { inventory } = session;
    while (inventory.snapshots.items.length < total) await inventory.snapshots.loadMore();
    const requestsForAll = listings();
    const last = inventory.snapshots.items.at(-1);
    assert.ok(last);

    const painted: (string[] | undefined)[] = [];
    const listening = snapshots.onDidChangeTreeData((ids) => painted.push(ids));
    inventory.snapshots.upsert({ ...last, status: 'failed', status_message: 'Changed.' });
    listening.dispose();
    const megabytes = Math.round(process.memoryUsage().heapUsed / 2 ** 20);
    const loaded = inventory.snapshots.items.length;
    await host.desk.connections.signOut();
    return {
      requestsForFirstRows,
      rowsForFirstRequest,
      loaded,
      requestsForAll,
      paintedForOneChange: painted.flatMap((ids) => ids ?? Array.from({ length: total })).length,
      megabytes,
    };
  }

  function listings(): number {
    return api.seen.filter((request) => request.startsWith('GET /snapshots?')).length;
  }
});
