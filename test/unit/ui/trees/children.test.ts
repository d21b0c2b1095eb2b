import { describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../../../src/api/types';
import type { Inventory } from '../../../../src/app/inventory';
import type { Row } from '../../../../src/ui/trees/row';
import { sessionOverScriptedApi } from '../../app/session-over';

vi.mock('vscode', () => import('../l10n'));

const { sandboxRows, snapshotRows } = await import('../../../../src/ui/trees/rows');

const ungrouped = (inventory: Inventory) => sandboxRows(inventory, 0, { by: 'none' });
const text = ({ label, description }: Row): string => [label, description].filter(Boolean).join(' | ');

/** An image’s snapshot, a sandbox on it, a capture of that and a sandbox on the capture. */
async function lineage(pageSize?: number) {
  const { api, session } = await sessionOverScriptedApi(pageSize);
  const python = api.addSnapshot({ name: 'python', docker_image: 'python:3.12', tags: ['latest', '3.12'] });
  const setup = api.addBox({ name: 'setup', snapshot_id: python.id });
  const done = api.addSnapshot({ name: 'done', source_sandbox_id: setup.id });
  const agent = api.addBox({ name: 'agent', snapshot_id: done.id, status: 'stopped' });
  const { inventory } = session;
  const load = () => Promise.all([inventory.boxes.refresh(), inventory.snapshots.refresh()]);
  await load();
  return { api, inventory, load, python, setup, done, agent };
}

describe('below a sandbox', () => {
  it('stand the snapshot it came from and the snapshots captured from it, which lead to their rows', async () => {
    const { inventory, setup, python, done } = await lineage();
    const children = ungrouped(inventory).below(setup.id);
    expect(children.map(text)).toEqual(['from python', 'done | captured · ready']);
    expect(children.map(({ leadsTo }) => leadsTo)).toEqual([
      { kind: 'snapshot', id: python.id },
      { kind: 'snapshot', id: done.id },
    ]);
    expect(children.map(({ spoken }) => spoken)).toEqual([
      'From snapshot python',
      'Snapshot done, captured · ready',
    ]);
  });

  it('stands nothing when there is nothing to show, and then it cannot be opened', async () => {
    const { api, inventory, load } = await lineage();
    const bare = api.addBox({ name: 'bare' });
    await load();
    const tree = ungrouped(inventory);
    expect(tree.below(bare.id)).toEqual([]);
    expect(tree.top.map(({ label, fold }) => [label, fold])).toEqual([
      ['bare', undefined],
      ['agent', 'collapsed'],
      ['setup', 'collapsed'],
    ]);
  });

  it('leads nowhere what is deleted or not loaded', async () => {
    const { api, inventory, load, setup, python } = await lineage();
    const orphan = api.addBox({ name: 'orphan', snapshot_id: 'gone' });
    await load();
    await vi.waitUntil(() => inventory.snapshotNames.names.value.get('gone') === null);
    inventory.snapshots.remove(python.id);
    const { below } = ungrouped(inventory);
    expect(below(orphan.id)[0]).toMatchObject({ label: 'from a deleted snapshot', leadsTo: undefined });
    expect(below(setup.id)[0]).toMatchObject({ label: 'from python', leadsTo: undefined });
  });
});

describe('below a snapshot', () => {
  it('stand its image, its tags, the sandboxes on it and what was captured from those', async () => {
    const { inventory, python, setup, done } = await lineage();
    const children = snapshotRows(inventory, 0).below(python.id);
    expect(children.map(text)).toEqual([
      'from image python:3.12',
      'latest | tag',
      '3.12 | tag',
      'setup | ready',
      'done | captured from setup · ready',
    ]);
    expect(children.map(({ leadsTo }) => leadsTo?.id)).toEqual([
      undefined,
      undefined,
      undefined,
      setup.id,
      done.id,
    ]);
  });

  it('stands the sandbox it was captured from, with the snapshot of that', async () => {
    const { inventory, done, setup } = await lineage();
    const children = snapshotRows(inventory, 0).below(done.id);
    expect(children.map(text)).toEqual(['captured from setup | on python', 'agent | stopped']);
    expect(children[0]?.leadsTo).toEqual({ kind: 'sandbox', id: setup.id });
  });

  it('says that the sandbox it was captured from is deleted only when all sandboxes are loaded', async () => {
    const { api, inventory, load, done, setup } = await lineage(1);
    api.boxes.splice(
      api.boxes.findIndex(({ id }) => id === setup.id),
      1,
    );
    api.addBox();
    await load();
    await inventory.snapshots.loadMore();
    expect(snapshotRows(inventory, 0).below(done.id)).toEqual([]);
    await inventory.boxes.loadMore();
    expect(snapshotRows(inventory, 0).below(done.id).map(text)).toEqual([
      'captured from a deleted sandbox',
      'agent | stopped',
    ]);
  });
});

describe('rows that can be opened', () => {
  it('have no id twice in a view, and nothing in their menus that is done with a resource', async () => {
    const { inventory } = await lineage();
    for (const tree of [ungrouped(inventory), snapshotRows(inventory, 0)]) {
      const children = tree.top.flatMap(({ id }) => tree.below(id));
      const ids = [...tree.top, ...children].map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { contextValue } of children) expect(contextValue).toMatch(/^child( link)?$/);
    }
  });

  it('are exactly those that have rows below them', async () => {
    const { api, inventory, load } = await lineage();
    const odd: Partial<Snapshot>[] = [
      {},
      { tags: null },
      { tags: [] },
      { tags: ['1'] },
      { source_sandbox_id: 'x' },
    ];
    for (const facts of odd) api.addSnapshot(facts);
    await load();
    for (const tree of [ungrouped(inventory), snapshotRows(inventory, 0)]) {
      for (const { id, fold } of tree.top) expect(fold === 'collapsed').toBe(tree.below(id).length > 0);
    }
  });
});
