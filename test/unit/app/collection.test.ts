import { describe, expect, it } from 'vitest';
import { rowsOf } from '../../../src/app/listing';
import { until } from '../../harness/until';
import { sessionOverScriptedApi } from './session-over';

const names = (items: readonly { name: string }[]): string[] => items.map(({ name }) => name);

describe('a collection', () => {
  it('loads 120 snapshots in three pages', async () => {
    const { api, session } = await sessionOverScriptedApi(50);
    for (let index = 0; index < 120; index++) api.addSnapshot({ name: `s${index}` });
    const { snapshots } = session.inventory;
    await snapshots.refresh();
    expect(snapshots.items).toHaveLength(50);
    await snapshots.loadMore();
    expect(snapshots.items).toHaveLength(100);
    await snapshots.loadMore();
    expect(names(snapshots.items)).toEqual(names(api.snapshots));
    expect(rowsOf(snapshots.listing.value).nextOffset).toBeUndefined();
    expect(api.seen).toEqual([
      'GET /snapshots?limit=50&offset=0',
      'GET /snapshots?limit=51&offset=49',
      'GET /snapshots?limit=51&offset=99',
    ]);
  });

  it('leaves no row out when rows above went away since the page before', async () => {
    const { api, session } = await sessionOverScriptedApi(4);
    for (let index = 0; index < 12; index++) api.addBox({ name: `b${index}` });
    const { boxes } = session.inventory;
    await boxes.refresh();
    api.boxes.splice(0, 2);
    await boxes.loadMore();
    expect(names(boxes.items)).toEqual(names(api.boxes.slice(0, 8)));
  });

  it('leaves no row out when rows go away while its pages are read', async () => {
    const { api, session } = await sessionOverScriptedApi(600);
    for (let index = 0; index < 600; index++) api.addBox({ name: `b${index}` });
    const { boxes } = session.inventory;
    api.override = (line) => {
      if (line.includes('offset=499') && api.boxes.length === 600) api.boxes.splice(10, 5);
      return undefined;
    };
    await boxes.refresh();
    expect(names(boxes.items)).toEqual(names(api.boxes));
  });

  it('shows no row twice when rows are added while its pages are read', async () => {
    const { api, session } = await sessionOverScriptedApi(600);
    for (let index = 0; index < 600; index++) api.addBox({ name: `b${index}` });
    const { boxes } = session.inventory;
    const before = names(api.boxes);
    api.override = (line) => {
      if (line.includes('offset=499') && api.boxes.length === 600) api.addBox({ name: 'new' });
      return undefined;
    };
    await boxes.refresh();
    expect(names(boxes.items)).toEqual(before);
    await boxes.refresh();
    expect(names(boxes.items)).toEqual(['new', ...before].slice(0, 600));
  });

  it('refreshes as many rows as are loaded', async () => {
    const { api, session } = await sessionOverScriptedApi(2);
    for (let index = 0; index < 5; index++) api.addBox();
    const { boxes } = session.inventory;
    await boxes.refresh();
    await boxes.loadMore();
    await boxes.refresh();
    expect(boxes.items).toHaveLength(4);
    expect(api.seen.at(-1)).toBe('GET /boxes?limit=4&offset=0');
  });

  it('never asks for more than 500 rows at once', async () => {
    const { api, session } = await sessionOverScriptedApi(700);
    for (let index = 0; index < 600; index++) api.addBox();
    await session.inventory.boxes.refresh();
    expect(session.inventory.boxes.items).toHaveLength(600);
    expect(api.seen).toEqual(['GET /boxes?limit=500&offset=0', 'GET /boxes?limit=201&offset=499']);
  });

  it('lets the server filter by name, and shows everything again without a filter', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.addSnapshot({ name: 'python' });
    api.addSnapshot({ name: 'node' });
    const { snapshots } = session.inventory;
    await snapshots.setFilter('PYTH');
    expect(names(snapshots.items)).toEqual(['python']);
    expect(api.seen).toEqual(['GET /snapshots?limit=50&offset=0&name_contains=PYTH']);
    await snapshots.setFilter('');
    expect(names(snapshots.items)).toEqual(['node', 'python']);
  });

  it('drops the answer to an older filter that comes late', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.addSnapshot({ name: 'python' });
    const { snapshots } = session.inventory;
    api.override = (line) => (line.includes('name_contains=slow') ? 'hang' : undefined);
    void snapshots.setFilter('slow');
    await until('the slow request', () => (api.seen.length === 1 ? true : undefined));
    await snapshots.setFilter('py');
    expect(names(snapshots.items)).toEqual(['python']);
    expect(snapshots.busy.value).toBe(false);
  });

  it('keeps its rows when a refresh fails, says why, and recovers with the next', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.addBox({ name: 'kept' });
    const { boxes } = session.inventory;
    await boxes.refresh();
    api.override = () => ({ status: 500, body: { detail: { message: 'The disk is gone.' } } });
    await boxes.refresh();
    expect(boxes.listing.value).toMatchObject({ state: 'stale', failure: { reason: 'The disk is gone.' } });
    expect(names(boxes.items)).toEqual(['kept']);
    api.override = undefined;
    await boxes.refresh();
    expect(boxes.listing.value.state).toBe('ready');
  });

  it('has failed, with the reason, when the first load does not come', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.override = () => ({ status: 403, body: { detail: { message: 'no' } } });
    await session.inventory.boxes.refresh();
    expect(session.inventory.boxes.listing.value).toMatchObject({
      state: 'failed',
      failure: { cause: 'unauthorized' },
    });
  });

  it('does not lose what an action said while an older answer was on its way', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const old = api.addBox({ name: 'old' });
    const gone = api.addBox({ name: 'gone' });
    const { boxes } = session.inventory;
    await boxes.refresh();
    const refreshing = boxes.refresh();
    boxes.upsert({ ...old, status: 'stopped' });
    boxes.upsert({ id: 'made', name: 'made', status: 'provisioning' });
    boxes.remove(gone.id);
    await refreshing;
    expect(names(boxes.items)).toEqual(['made', 'old']);
    expect(boxes.find(old.id)?.status).toBe('stopped');
  });

  it('does not add a resource that the filter leaves out', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.addBox({ name: 'agent-1' });
    const { boxes } = session.inventory;
    await boxes.setFilter('agent');
    boxes.upsert({ id: 'x', name: 'other', status: 'ready' });
    boxes.upsert({ id: 'y', name: 'AGENT-2', status: 'ready' });
    expect(names(boxes.items)).toEqual(['AGENT-2', 'agent-1']);
  });

  it('joins a refresh that is under way', async () => {
    const { api, session } = await sessionOverScriptedApi();
    await Promise.all([session.inventory.boxes.refresh(), session.inventory.boxes.refresh()]);
    expect(api.seen).toHaveLength(1);
  });
});
