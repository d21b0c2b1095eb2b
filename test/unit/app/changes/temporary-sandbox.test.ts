import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Box } from '../../../../src/api/types';
import { Secret } from '../../../../src/api/secret';
import { Transport } from '../../../../src/api/transport';
import { inTemporarySandbox } from '../../../../src/app/changes/temporary-sandbox';
import { Session } from '../../../../src/app/session';
import { startScriptedApi, type ScriptedApi } from '../scripted-api';

let api: ScriptedApi;
let session: Session;
const controller = new AbortController();
const run = { signal: controller.signal, onStep: () => undefined };
const origin = {
  snapshot_id: '00000000-0000-4000-8000-000000000001',
  run_config: { user: 'app', work_dir: '/x' },
};
const never = (): never => {
  throw new Error('It was called.');
};

beforeEach(async () => {
  api = await startScriptedApi();
  const { endpoint } = api;
  const transport = new Transport({ endpoint, apiKey: new Secret(api.apiKey) });
  session = new Session({ kind: 'langsmith', endpoint }, transport, () => 50);
});
afterEach(async () => {
  await session.end();
  await api.close();
});

describe('a temporary sandbox', () => {
  it('is of the snapshot, for the same user, small, goes by itself, and is deleted after the work', async () => {
    const name = await inTemporarySandbox(session, origin, run, (box) => Promise.resolve(box.name), never);
    expect(name).toMatch(/^temporary-compare-[0-9a-f]{8}$/);
    expect(api.bodies[0]).toEqual({
      name,
      snapshot_id: origin.snapshot_id,
      idle_ttl_seconds: 900,
      delete_after_stop_seconds: 60,
      cpu_millicores: 1000,
      run_config: { user: 'app' },
    });
    expect(api.boxes).toEqual([]);
  });

  it('is deleted when the work fails, and when it does not start itself', async () => {
    const failing = inTemporarySandbox(
      session,
      origin,
      run,
      () => Promise.reject(new Error('no work')),
      never,
    );
    await expect(failing).rejects.toThrow('no work');
    api.override = (request) =>
      request.includes('/status')
        ? { status: 200, body: { status: 'failed', status_message: 'no room' } }
        : undefined;
    await expect(inTemporarySandbox(session, origin, run, never, never)).rejects.toThrow('no room');
    expect(api.boxes).toEqual([]);
  });

  it('that could not be deleted is told, whatever became of the work', async () => {
    api.override = (request) =>
      request.startsWith('DELETE') ? { status: 500, body: { detail: { message: 'not now' } } } : undefined;
    const left: Box[] = [];
    const work = inTemporarySandbox(
      session,
      origin,
      run,
      () => Promise.resolve('done'),
      (box) => left.push(box),
    );
    expect(await work).toBe('done');
    expect(left.map(({ id }) => id)).toEqual(api.boxes.map(({ id }) => id));
  });
});
