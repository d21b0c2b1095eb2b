import { describe, expect, it } from 'vitest';
import { captureSnapshot } from '../../../../src/app/operations/capture-snapshot';
import { createSandbox } from '../../../../src/app/operations/create-sandbox';
import { deleteSandbox, deleteSnapshot } from '../../../../src/app/operations/delete-resource';
import { startSandbox } from '../../../../src/app/operations/start-sandbox';
import { stopSandbox } from '../../../../src/app/operations/stop-sandbox';
import { until } from '../../../harness/until';
import type { Override } from '../scripted-api';
import { aRun, sessionOverScriptedApi } from '../session-over';

describe('creating a sandbox', () => {
  it('boots the snapshot it is given and ends when the sandbox is ready', async () => {
    const { api, session } = await sessionOverScriptedApi();
    await session.inventory.boxes.refresh();
    const outcome = await createSandbox(session, { snapshot_id: 'the-snapshot', name: 'work' }, aRun());
    expect(outcome).toMatchObject({ kind: 'done', value: { name: 'work', status: 'ready' } });
    expect(api.bodies).toEqual([{ snapshot_id: 'the-snapshot', name: 'work' }]);
    expect(session.inventory.boxes.items).toMatchObject([{ name: 'work', status: 'ready' }]);
  });

  it('fails with the server’s reason when the name is taken', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.override = () => ({ status: 409, body: { detail: { message: 'A sandbox named work exists.' } } });
    const outcome = await createSandbox(session, { name: 'work' }, aRun());
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { cause: 'conflict', reason: 'A sandbox named work exists.' },
    });
  });

  it.each(['work', undefined])('cancelled before the answer (name: %s) tells what was made', async (name) => {
    const { api, session } = await sessionOverScriptedApi();
    api.override = (line) => (line === 'POST /boxes' ? 'hang' : undefined);
    const run = aRun();
    const creating = createSandbox(session, { name, snapshot_id: 's1' }, run);
    const sent = await until('the request', () => api.bodies[0] as { name: string } | undefined);
    api.addBox({ name: sent.name, snapshot_id: 's1', created_at: new Date().toISOString() });
    run.cancel();
    expect(await creating).toMatchObject({ kind: 'cancelled', left: { name: sent.name } });
  });

  it('cancelled before the answer leaves nothing when nothing was made', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.override = (line) => (line === 'POST /boxes' ? 'hang' : undefined);
    const run = aRun();
    const creating = createSandbox(session, { name: 'work' }, run);
    await until('the request', () => api.bodies[0]);
    run.cancel();
    expect(await creating).toEqual({ kind: 'cancelled', left: undefined });
  });

  it('leaves the provisioning sandbox when cancelled', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.override = (line) =>
      line.endsWith('/status') ? { status: 200, body: { status: 'provisioning' } } : undefined;
    const run = aRun();
    const creating = createSandbox(session, { name: 'work' }, run);
    await until('the wait', () => (run.steps.some(({ kind }) => kind === 'waiting') ? true : undefined));
    run.cancel();
    expect(await creating).toMatchObject({ kind: 'cancelled', left: { name: 'work' } });
  });
});

describe('starting and stopping', () => {
  it('starts a stopped sandbox and shows it as starting meanwhile', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox({ status: 'stopped' });
    await session.inventory.boxes.refresh();
    const starting = startSandbox(session, box, aRun());
    expect(session.inventory.pending.actions.value.get(box.id)).toBe('starting');
    expect(await starting).toMatchObject({ kind: 'done', value: { status: 'ready' } });
    expect(session.inventory.boxes.find(box.id)?.status).toBe('ready');
  });

  it('stops a running sandbox', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox({ status: 'ready' });
    await session.inventory.boxes.refresh();
    expect(await stopSandbox(session, box, aRun())).toMatchObject({ kind: 'done' });
    expect(session.inventory.boxes.find(box.id)?.status).toBe('stopped');
  });

  it('lets a sandbox that is starting start before it stops it', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox({ status: 'ready' });
    expect(await stopSandbox(session, { ...box, status: 'provisioning' }, aRun())).toMatchObject({
      kind: 'done',
    });
    const calls = api.seen.map((line) => line.replace(box.id, 'ID'));
    expect(calls.indexOf('GET /boxes/ID/status')).toBeLessThan(calls.indexOf('POST /boxes/ID/stop'));
  });

  it('says why a start failed and keeps the row true', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox({ status: 'stopped' });
    await session.inventory.boxes.refresh();
    api.override = (line) =>
      line.endsWith('/status')
        ? { status: 200, body: { status: 'failed', status_message: 'No memory is left.' } }
        : undefined;
    expect(await startSandbox(session, box, aRun())).toMatchObject({
      kind: 'failed',
      failure: { cause: 'resource-failed', reason: 'No memory is left.' },
    });
    expect(session.inventory.boxes.find(box.id)).toMatchObject({
      status: 'failed',
      status_message: 'No memory is left.',
    });
  });
});

describe('capturing', () => {
  it('takes the sandbox’s filesystem under a name and waits until it is ready', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox();
    await session.inventory.snapshots.refresh();
    const outcome = await captureSnapshot(session, box, { name: 'done', description: 'set up' }, aRun());
    expect(outcome).toMatchObject({ kind: 'done', value: { name: 'done', source_sandbox_id: box.id } });
    expect(api.seen).toContain(`POST /boxes/${box.id}/snapshot`);
    expect(session.inventory.snapshots.items[0]?.name).toBe('done');
  });
});

describe('while a sandbox is being captured', () => {
  it('stopping it and capturing it again are refused, and the capture goes on', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox();
    api.override = (line) => (line.startsWith('POST') ? 'hang' : undefined);
    const run = aRun();
    const capturing = captureSnapshot(session, box, { name: 'first' }, run);
    const busy = { kind: 'failed', failure: { cause: 'busy' } };
    expect(await stopSandbox(session, box, aRun())).toMatchObject(busy);
    expect(await captureSnapshot(session, box, { name: 'second' }, aRun())).toMatchObject(busy);
    expect(session.inventory.pending.actions.value.get(box.id)).toBe('capturing');
    run.cancel();
    expect(await capturing).toMatchObject({ kind: 'cancelled' });
  });
});

describe('deleting', () => {
  it('takes the row away', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox();
    await session.inventory.boxes.refresh();
    expect(await deleteSandbox(session, box, aRun())).toMatchObject({ kind: 'done' });
    expect(session.inventory.boxes.items).toEqual([]);
    expect(api.boxes).toEqual([]);
  });

  it('counts one that is gone already as deleted', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox();
    await session.inventory.boxes.refresh();
    api.boxes.length = 0;
    expect(await deleteSandbox(session, box, aRun())).toMatchObject({ kind: 'done' });
    expect(session.inventory.boxes.items).toEqual([]);
  });

  it('keeps the row of a snapshot that the server is still deleting', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const snapshot = api.addSnapshot();
    await session.inventory.snapshots.refresh();
    api.override = (line) => {
      if (line.startsWith('DELETE')) return { status: 204 };
      return { status: 200, body: { ...snapshot, status: 'deleting' } };
    };
    await deleteSnapshot(session, snapshot, aRun());
    expect(session.inventory.snapshots.find(snapshot.id)?.status).toBe('deleting');
  });

  it.each<[string, Override]>([
    ['the connection broke', 'break'],
    ['the server ran out of time', { status: 504 }],
  ])('is under way when %s and the row shows it', async (_, answer) => {
    const { api, session } = await sessionOverScriptedApi();
    const snapshot = api.addSnapshot();
    await session.inventory.snapshots.refresh();
    api.override = (line) =>
      line.startsWith('DELETE') ? answer : { status: 200, body: { ...snapshot, status: 'deleting' } };
    expect(await deleteSnapshot(session, snapshot, aRun())).toMatchObject({ kind: 'done' });
    expect(session.inventory.snapshots.find(snapshot.id)?.status).toBe('deleting');
  });

  it('is done when the connection broke and it is gone', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox();
    await session.inventory.boxes.refresh();
    api.override = (line) => (line.startsWith('DELETE') ? 'break' : { status: 404 });
    expect(await deleteSandbox(session, box, aRun())).toMatchObject({ kind: 'done' });
    expect(session.inventory.boxes.items).toEqual([]);
  });

  it('is in doubt when the connection broke and the row stays as it was', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const box = api.addBox();
    await session.inventory.boxes.refresh();
    api.override = (line) => (line.startsWith('DELETE') ? 'break' : undefined);
    expect(await deleteSandbox(session, box, aRun())).toMatchObject({
      kind: 'failed',
      failure: { cause: 'ambiguous' },
    });
    expect(session.inventory.boxes.find(box.id)?.status).toBe('ready');
  });

  it('says why the server refuses it, and keeps the row', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const snapshot = api.addSnapshot();
    await session.inventory.snapshots.refresh();
    api.override = () => ({ status: 409, body: { detail: { message: 'Sandbox a stands on it.' } } });
    expect(await deleteSnapshot(session, snapshot, aRun())).toMatchObject({
      kind: 'failed',
      failure: { cause: 'conflict', reason: 'Sandbox a stands on it.' },
    });
    expect(session.inventory.snapshots.find(snapshot.id)).toBeDefined();
  });

  it('tells which sandboxes stand on a snapshot that the server refuses to delete', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const snapshot = api.addSnapshot();
    const agent = api.addBox({ name: 'agent', snapshot_id: snapshot.id });
    api.addBox({ name: 'other' });
    api.override = (line) => (line.startsWith('DELETE') ? { status: 409 } : undefined);
    expect(await deleteSnapshot(session, snapshot, aRun())).toMatchObject({
      kind: 'failed',
      failure: { cause: 'in-use', users: [agent] },
    });
  });

  it('keeps the server’s own reason when the sandboxes cannot be listed', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const snapshot = api.addSnapshot();
    api.override = () => ({ status: 409, body: { detail: { message: 'A job still reads it.' } } });
    expect(await deleteSnapshot(session, snapshot, aRun())).toMatchObject({
      kind: 'failed',
      failure: { cause: 'conflict', reason: 'A job still reads it.' },
    });
  });
});
