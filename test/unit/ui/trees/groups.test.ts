import { describe, expect, it, vi } from 'vitest';
import type { Grouping } from '../../../../src/app/grouping';
import type { Inventory } from '../../../../src/app/inventory';
import { sessionOverScriptedApi } from '../../app/session-over';

vi.mock('vscode', () => import('../l10n'));

const { sandboxRows } = await import('../../../../src/ui/trees/rows');

/** `heading (description): names` for each row at the top. */
function outline(inventory: Inventory, grouping: Grouping): string[] {
  const { top, groups } = sandboxRows(inventory, 0, grouping);
  return top.map(({ id, label, description }) => {
    const names = groups.get(id)?.map((row) => row.label);
    return `${label} (${description})${names ? `: ${names.join(' ')}` : ''}`;
  });
}

describe('sandboxes in groups', () => {
  it('of their status stand with those that run first, newest first in each', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.addBox({ name: 'a', status: 'stopped' });
    api.addBox({ name: 'b' });
    api.addBox({ name: 'c', status: 'failed' });
    api.addBox({ name: 'd' });
    await session.inventory.boxes.refresh();
    expect(outline(session.inventory, { by: 'status' })).toEqual([
      'ready (2): d b',
      'stopped (1): a',
      'failed (1): c',
    ]);
  });

  it('keep their resources’ ids, under headings whose ids stay, are open and are spoken', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox();
    await session.inventory.boxes.refresh();
    const { top, groups } = sandboxRows(session.inventory, 0, { by: 'status' });
    expect(top).toEqual([
      {
        id: 'group:status:ready',
        label: 'ready',
        description: '1',
        icon: 'heading',
        contextValue: 'group',
        spoken: 'Group ready, 1 sandbox',
        fold: 'expanded',
      },
    ]);
    expect(groups.get('group:status:ready')?.map(({ id }) => id)).toEqual([box.id]);
  });

  it('of their snapshots are named after these, those without one last', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const [old, latest] = [
      api.addSnapshot({ name: 'python', tags: ['3.11'] }),
      api.addSnapshot({ name: 'python' }),
    ];
    api.addBox({ name: 'a', snapshot_id: old.id });
    api.addBox({ name: 'b' });
    api.addBox({ name: 'c', snapshot_id: latest.id });
    api.addBox({ name: 'd', snapshot_id: 'gone' });
    api.addBox({ name: 'e', snapshot_id: 'gone-too' });
    const { inventory } = session;
    await Promise.all([inventory.boxes.refresh(), inventory.snapshots.refresh()]);
    await vi.waitUntil(() => inventory.snapshotNames.names.value.get('gone') === null);
    await vi.waitUntil(() => inventory.snapshotNames.names.value.get('gone-too') === null);
    expect(outline(inventory, { by: 'snapshot' })).toEqual([
      'python (1): c',
      'python:3.11 (1): a',
      'no snapshot (1): b',
      'snapshot deleted (2): e d',
    ]);
  });

  it('of a label’s values stand by these, those without it last', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.addBox({ name: 'a' });
    api.addBox({ name: 'b', labels: { team: 'web' } });
    api.addBox({ name: 'c', labels: { team: 'data', other: 'x' } });
    api.addBox({ name: 'd', labels: { team: '' } });
    await session.inventory.boxes.refresh();
    expect(outline(session.inventory, { by: 'label', key: 'team' })).toEqual([
      'data (1): c',
      'team (1): d',
      'web (1): b',
      'no label (1): a',
    ]);
  });

  it('count what is shown while there is more, which “Load more…” brings at the very end', async () => {
    const { api, session } = await sessionOverScriptedApi(2);
    for (const name of ['a', 'b', 'c']) api.addBox({ name });
    const { boxes } = session.inventory;
    await boxes.refresh();
    expect(outline(session.inventory, { by: 'status' })).toEqual([
      'ready (2 shown): c b',
      'Load more… (2 shown)',
    ]);
    await boxes.loadMore();
    expect(outline(session.inventory, { by: 'status' })).toEqual(['ready (3): c b a']);
  });
});
