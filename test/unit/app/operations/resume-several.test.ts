import { describe, expect, it } from 'vitest';
import type { Item } from '../../../../src/app/activity/items';
import { resumeSeveral, type SeveralRecord } from '../../../../src/app/operations/resume-several';
import { aRecord } from '../activity/a-journal';
import { aRun, sessionOverScriptedApi } from '../session-over';

function severalRecord(
  verb: SeveralRecord['verb'],
  kind: 'sandboxes' | 'snapshots',
  items: readonly Item[],
): SeveralRecord {
  return { ...aRecord({ name: `${items.length} ${kind}` }), verb, several: { kind, items } };
}

const names = (items: readonly { name: string }[]): string[] => items.map(({ name }) => name);

describe('an action on several whose window is gone', () => {
  it('that stopped them is followed for those that were asked, and sends nothing', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const [done, asked, never] = ['done', 'asked', 'never'].map((name) => api.addBox({ name }));
    Object.assign(done!, { status: 'stopped' });
    const ending = resumeSeveral(
      session,
      severalRecord('stop-several', 'sandboxes', [
        { id: done!.id, name: 'done', state: 'done' },
        { id: asked!.id, name: 'asked', state: 'asked', askedAt: Date.now() },
        { id: 'refused', name: 'refused', state: 'failed', why: 'it is in use' },
        { id: never!.id, name: 'never', state: 'waiting' },
      ]),
      aRun(),
    );
    await expect.poll(() => api.seen).toContainEqual(`GET /boxes/${asked!.id}/status`);
    asked!.status = 'stopped';
    const outcome = await ending;
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    const { value } = outcome;
    expect(names(value.done)).toEqual(['done', 'asked']);
    expect(value.failed).toMatchObject([{ item: { name: 'refused' }, failure: { reason: 'it is in use' } }]);
    expect(names(value.untouched)).toEqual(['never']);
    expect(api.seen.filter((request) => !request.startsWith('GET'))).toEqual([]);
  });

  it('that deleted or captured them is done when the last is gone or ready', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const made = api.addSnapshot({ name: 'agent-snapshot', status: 'ready' });
    const deleted = severalRecord('delete-several', 'snapshots', [
      { id: 'gone-already', name: 'old', state: 'asked' },
    ]);
    const captured = severalRecord('capture-several', 'sandboxes', [
      { id: 'a-box', name: 'agent', state: 'asked', madeId: made.id },
    ]);
    for (const record of [deleted, captured]) {
      expect(await resumeSeveral(session, record, aRun())).toMatchObject({
        kind: 'done',
        value: { done: [{}], failed: [], untouched: [] },
      });
    }
  });

  it('of before items were written down was cut off', async () => {
    const { session } = await sessionOverScriptedApi();
    const record: SeveralRecord = { ...aRecord(), verb: 'start-several' };
    expect(await resumeSeveral(session, record, aRun())).toMatchObject({
      kind: 'failed',
      failure: { cause: 'cut-off' },
    });
  });
});
