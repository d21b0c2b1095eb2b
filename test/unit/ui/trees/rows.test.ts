import { describe, expect, it, vi } from 'vitest';
import type { Inventory } from '../../../../src/app/inventory';
import { sessionOverScriptedApi } from '../../app/session-over';

vi.mock('vscode', () => import('../l10n'));

const rows = await import('../../../../src/ui/trees/rows');
const sandboxRows = (inventory: Inventory, now: number) =>
  rows.sandboxRows(inventory, now, { by: 'none' }).top;
const snapshotRows = (inventory: Inventory, now: number) => rows.snapshotRows(inventory, now).top;

describe('the rows of a view', () => {
  it('end with “Load more…” while there is more, and say how many are shown', async () => {
    const { api, session } = await sessionOverScriptedApi(2);
    for (const name of ['a', 'b', 'c']) api.addSnapshot({ name });
    const { inventory } = session;
    await inventory.snapshots.refresh();
    expect(snapshotRows(inventory, 0).at(-1)).toMatchObject({ label: 'Load more…', description: '2 shown' });
    await inventory.snapshots.loadMore();
    expect(snapshotRows(inventory, 0).map(({ label }) => label)).toEqual(['c', 'b', 'a']);
  });

  it('have the ids of the resources, so that two of one name stay apart', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const [one, other] = [api.addSnapshot({ name: 'x' }), api.addSnapshot({ name: 'x' })];
    await session.inventory.snapshots.refresh();
    expect(snapshotRows(session.inventory, 0).map(({ id }) => id)).toEqual([other.id, one.id]);
  });

  it('count the sandboxes of a snapshot only when all sandboxes are loaded', async () => {
    const { api, session } = await sessionOverScriptedApi(2);
    const snapshot = api.addSnapshot();
    for (let index = 0; index < 3; index++) api.addBox({ snapshot_id: snapshot.id });
    const { inventory } = session;
    await Promise.all([inventory.boxes.refresh(), inventory.snapshots.refresh()]);
    expect(snapshotRows(inventory, 0)[0]?.description).not.toContain('sandboxes');
    await inventory.boxes.loadMore();
    expect(snapshotRows(inventory, 0)[0]?.description).toContain('3 sandboxes');
    await inventory.boxes.setFilter('box');
    expect(snapshotRows(inventory, 0)[0]?.description).not.toContain('sandboxes');
  });

  it('name the snapshot of a sandbox and the sandbox of a capture', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const snapshot = api.addSnapshot({ name: 'python' });
    const box = api.addBox({ name: 'setup', snapshot_id: snapshot.id });
    api.addSnapshot({ name: 'done', source_sandbox_id: box.id });
    const { inventory } = session;
    await Promise.all([inventory.boxes.refresh(), inventory.snapshots.refresh()]);
    expect(sandboxRows(inventory, 0)[0]?.description).toBe('ready · python');
    expect(snapshotRows(inventory, 0)[0]?.description).toBe('ready · captured from setup');
  });

  it('show what an action of this window is doing', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox();
    const { inventory } = session;
    await inventory.boxes.refresh();
    const controller = new AbortController();
    const stopping = inventory.pending
      .during(
        box.id,
        'stopping',
        controller.signal,
        (signal) => new Promise<never>((_, reject) => signal.addEventListener('abort', reject)),
      )
      .catch(() => undefined);
    expect(sandboxRows(inventory, 0)[0]?.description).toBe('stopping');
    controller.abort();
    await stopping;
    expect(sandboxRows(inventory, 0)[0]?.description).toBe('ready');
  });
});
