import { describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '../../../../src/api/secret';
import { Transport } from '../../../../src/api/transport';
import { buildSnapshot, type BuildRequest } from '../../../../src/app/operations/build-snapshot';
import { deleteSnapshot } from '../../../../src/app/operations/delete-resource';
import { until } from '../../../harness/until';
import { startScriptedApi } from '../scripted-api';
import { aRun, sessionOverScriptedApi } from '../session-over';

const request: BuildRequest = {
  snapshot: { name: 'python', docker_image: 'python:3.12', fs_capacity_bytes: 8 * 1024 ** 3 },
  timeoutMs: 10_000,
};
const credentials = { host: 'registry.example.com:5000', username: 'ada', password: new Secret('typed') };

describe('a build', () => {
  it('puts the building snapshot first in the list, tells the steps, and ends with the ready one', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.addSnapshot({ name: 'older' });
    await session.inventory.snapshots.refresh();
    const seen: (string | undefined)[] = [];
    session.inventory.snapshots.listing.subscribe(() =>
      seen.push(session.inventory.snapshots.items[0]?.status),
    );
    const run = aRun();
    const outcome = await buildSnapshot(session, request, run);
    expect(outcome).toMatchObject({ kind: 'done', value: { name: 'python', status: 'ready' } });
    expect(seen[0]).toBe('building');
    expect(seen.at(-1)).toBe('ready');
    expect(run.steps[0]).toEqual({ kind: 'asking' });
    expect(run.steps.at(-1)).toMatchObject({ kind: 'waiting', status: 'ready' });
    expect(session.inventory.pending.actions.value.size).toBe(0);
  });

  it('registers new credentials first and builds with them', async () => {
    const { api, session } = await sessionOverScriptedApi();
    await buildSnapshot(session, { ...request, credentials }, aRun());
    expect(api.registries).toMatchObject([
      { name: 'registry.example.com-5000', url: 'registry.example.com:5000', password: 'typed' },
    ]);
    expect(api.bodies.at(-1)).toMatchObject({ registry_id: api.registries[0]?.id });
  });

  it('replaces the credentials that are registered for the host', async () => {
    const { api, session } = await sessionOverScriptedApi();
    await buildSnapshot(
      session,
      { ...request, credentials: { ...credentials, password: new Secret('wrong') } },
      aRun(),
    );
    const [registered] = api.registries;
    await buildSnapshot(session, { ...request, credentials }, aRun());
    expect(api.registries).toEqual([expect.objectContaining({ id: registered?.id, password: 'typed' })]);
  });

  it('keeps the credentials that were registered when the server does not take the new ones', async () => {
    const { api, session } = await sessionOverScriptedApi();
    await buildSnapshot(session, { ...request, credentials }, aRun());
    api.override = (line) =>
      /^(POST|PATCH) \/registries/.test(line) ? { status: 500, body: {} } : undefined;
    const other = { ...credentials, password: new Secret('another') };
    const outcome = await buildSnapshot(session, { ...request, credentials: other }, aRun());
    expect(outcome).toMatchObject({ kind: 'failed', failure: { cause: 'server' } });
    expect(api.registries.map(({ password }) => password)).toEqual(['typed']);
  });

  it('whose registry refuses the password fails with that cause, and can be repeated in its place', async () => {
    const { api, session } = await sessionOverScriptedApi();
    await session.inventory.snapshots.refresh();
    api.built = {
      status: 'failed',
      status_message: 'registry.example.com refused the user name or password.',
    };
    const outcome = await buildSnapshot(session, request, aRun());
    expect(outcome).toMatchObject({ kind: 'failed', failure: { cause: 'registry-refused' } });
    const failed = api.snapshots[0]!;
    expect(session.inventory.snapshots.find(failed.id)?.status).toBe('failed');
    api.built = { status: 'ready' };
    await buildSnapshot(session, { ...request, credentials, repeats: failed.id }, aRun());
    expect(api.snapshots.map(({ status }) => status)).toEqual(['ready']);
    expect(session.inventory.snapshots.items.map(({ id }) => id)).toEqual([api.snapshots[0]?.id]);
  });

  it('that fails for another reason says it in the server’s words', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.built = { status: 'failed', status_message: 'docker.io has no image python:9.' };
    const outcome = await buildSnapshot(session, request, aRun());
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { cause: 'resource-failed', reason: 'docker.io has no image python:9.' },
    });
  });

  it('stops waiting at once when cancelled, and says what goes on', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.built = { status: 'building' };
    const run = aRun();
    const building = buildSnapshot(session, request, run);
    await until('the wait', () => (run.steps.some(({ kind }) => kind === 'waiting') ? true : undefined));
    run.cancel();
    expect(await building).toMatchObject({ kind: 'cancelled', left: { name: 'python', status: 'building' } });
    expect(api.snapshots).toHaveLength(1);
  });

  it('cancelled before the server answered tells what the server has made all the same', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const now = new Date().toISOString();
    api.override = (line) => {
      if (line !== 'POST /snapshots') return undefined;
      api.addSnapshot({ id: 'ours', name: 'python', status: 'building', created_at: now });
      api.addSnapshot({ name: 'python', status: 'building', created_at: '2020-01-01T00:00:00Z' });
      api.addSnapshot({ name: 'python-too', status: 'building', created_at: now });
      return 'hang';
    };
    const run = aRun();
    const building = buildSnapshot(session, request, run);
    await until('the request', () => (api.seen.length > 0 ? true : undefined));
    run.cancel();
    expect(await building).toMatchObject({ kind: 'cancelled', left: { id: 'ours' } });
  });

  it('cancelled before the server answered leaves nothing known behind when nothing was made', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.override = (line) => (line === 'POST /snapshots' ? 'hang' : undefined);
    const run = aRun();
    const building = buildSnapshot(session, request, run);
    await until('the request', () => (api.seen.length > 0 ? true : undefined));
    run.cancel();
    expect(await building).toEqual({ kind: 'cancelled', left: undefined });
  });

  it('is still waited for when its server went away and came back at another address', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.built = { status: 'building' };
    const run = aRun();
    const building = buildSnapshot(session, request, run);
    await until('the wait', () => (run.steps.some(({ kind }) => kind === 'waiting') ? true : undefined));
    const again = await startScriptedApi();
    onTestFinished(() => again.close());
    again.addSnapshot({ ...api.snapshots[0], status: 'ready' });
    await api.close();
    await session.moveTo(new Transport({ endpoint: again.endpoint, apiKey: new Secret(again.apiKey) }));
    expect(await building).toMatchObject({ kind: 'done', value: { status: 'ready' } });
  });

  it('that takes longer than its timeout is still going, and is left', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.built = { status: 'building' };
    const outcome = await buildSnapshot(session, { ...request, timeoutMs: 1 }, aRun());
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { cause: 'still-going', reason: 'building' },
      left: { name: 'python' },
    });
  });

  it('is sent once, and in doubt, when the connection breaks', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.override = () => 'break';
    const outcome = await buildSnapshot(session, request, aRun());
    expect(outcome).toMatchObject({ kind: 'failed', failure: { cause: 'ambiguous' } });
    expect(api.seen).toEqual(['POST /snapshots']);
  });

  it('is no longer waited for when its snapshot is deleted here', async () => {
    const { api, session } = await sessionOverScriptedApi();
    api.built = { status: 'building' };
    const run = aRun();
    const building = buildSnapshot(session, request, run);
    await until('the wait', () => (run.steps.some(({ kind }) => kind === 'waiting') ? true : undefined));
    await deleteSnapshot(session, api.snapshots[0]!, aRun());
    expect(await building).toEqual({ kind: 'cancelled' });
    expect(api.snapshots).toEqual([]);
  });

  it('refreshes the list when it takes a tag from an older snapshot', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const older = api.addSnapshot({ name: 'python', tags: ['latest'] });
    await session.inventory.snapshots.refresh();
    older.tags = [];
    await buildSnapshot(session, request, aRun());
    await until('the older one’s tags', () =>
      session.inventory.snapshots.find(older.id)?.tags?.length === 0 ? true : undefined,
    );
  });
});
