import { describe, expect, it } from 'vitest';
import {
  resumeBoot,
  resumeDeletion,
  resumeSnapshot,
  resumeStop,
} from '../../../../src/app/operations/resume';
import { aRecord } from '../activity/a-journal';
import { aRun, sessionOverScriptedApi } from '../session-over';

const cutOff = { kind: 'failed', failure: { cause: 'cut-off' } };

describe('an action whose window is gone', () => {
  it('that built is found by its snapshot, and waited for', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const snapshot = api.addSnapshot({ name: 'python', status: 'building' });
    const run = aRun();
    const ending = resumeSnapshot(session, aRecord({ resourceId: snapshot.id }), run);
    await expect.poll(() => run.steps).toContainEqual(expect.objectContaining({ status: 'building' }));
    snapshot.status = 'ready';
    expect(await ending).toMatchObject({ kind: 'done', value: { id: snapshot.id } });
    expect(api.seen.filter((request) => !request.startsWith('GET'))).toEqual([]);
  });

  it('that built is found by name and time when its window did not see the answer', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const startedAt = Date.parse('2026-01-02T03:04:05Z');
    api.addSnapshot({ name: 'python', created_at: '2026-01-01T00:00:00Z' });
    const made = api.addSnapshot({ name: 'python', created_at: '2026-01-02T03:04:06Z' });
    api.addSnapshot({ name: 'python-2', created_at: '2026-01-02T03:04:07Z' });
    const outcome = await resumeSnapshot(session, aRecord({ startedAt }), aRun());
    expect(outcome).toMatchObject({ kind: 'done', value: { id: made.id } });
  });

  it('that left nothing on the server was cut off, and is not sent again', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const run = aRun();
    expect(await resumeSnapshot(session, aRecord(), run)).toMatchObject(cutOff);
    expect(await resumeBoot(session, aRecord({ verb: 'create' }), run)).toMatchObject(cutOff);
    const stopped = api.addBox({ status: 'stopped' });
    const start = aRecord({ verb: 'start', resourceId: stopped.id });
    expect(await resumeBoot(session, start, run)).toMatchObject(cutOff);
    expect(api.seen.filter((request) => !request.startsWith('GET'))).toEqual([]);
  });

  it('that started a sandbox is done when that is ready', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox({ status: 'provisioning' });
    const run = aRun();
    const ending = resumeBoot(session, aRecord({ verb: 'start', resourceId: box.id }), run);
    await expect.poll(() => run.steps).toContainEqual(expect.objectContaining({ status: 'provisioning' }));
    box.status = 'ready';
    expect(await ending).toMatchObject({ kind: 'done', value: { id: box.id, status: 'ready' } });
  });

  it('that stopped a sandbox waits while its processes still have their grace', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox({ status: 'ready' });
    const run = aRun();
    const ending = resumeStop(session, aRecord({ verb: 'stop', resourceId: box.id }), run);
    await expect.poll(() => run.steps).toContainEqual(expect.objectContaining({ status: 'ready' }));
    expect(session.inventory.pending.actions.value.get(box.id)).toBe('stopping');
    box.status = 'stopped';
    expect(await ending).toMatchObject({ kind: 'done', value: { status: 'stopped' } });
  });

  it.each(['delete-sandbox', 'delete-snapshot'] as const)('of %s is done when it is gone', async (verb) => {
    const { api, session } = await sessionOverScriptedApi();
    const { boxes, snapshots } = session.inventory;
    const resource = verb === 'delete-sandbox' ? api.addBox({}) : api.addSnapshot({});
    const collection = verb === 'delete-sandbox' ? boxes : snapshots;
    await collection.refresh();
    const run = aRun();
    const ending = resumeDeletion(session, aRecord({ verb, resourceId: resource.id }), run);
    const look = (): number => api.seen.filter((request) => request.includes(resource.id)).length;
    await expect.poll(look).toBeGreaterThan(0);
    expect(collection.find(resource.id)).toBeDefined();
    for (const all of [api.boxes, api.snapshots]) all.splice(0);
    expect(await ending).toMatchObject({ kind: 'done' });
    expect(collection.find(resource.id)).toBeUndefined();
  });

  it('can be cancelled, and tells what goes on', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const snapshot = api.addSnapshot({ status: 'building' });
    const run = aRun();
    const ending = resumeSnapshot(session, aRecord({ resourceId: snapshot.id }), run);
    await expect.poll(() => run.steps.length).toBeGreaterThan(1);
    run.cancel();
    expect(await ending).toMatchObject({ kind: 'cancelled', left: { id: snapshot.id } });
  });
});
