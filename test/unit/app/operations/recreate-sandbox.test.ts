import { expect, it } from 'vitest';
import { recreateSandbox } from '../../../../src/app/operations/recreate-sandbox';
import { aRun, sessionOverScriptedApi } from '../session-over';

const settings = {
  name: 'agent',
  snapshot_id: 'the-snapshot',
  idle_ttl_seconds: 0,
  delete_after_stop_seconds: 3600,
  cpu_millicores: 500,
  labels: { team: 'ml' },
  run_config: { env_vars: { MODE: 'eval' } },
};

it('deletes the sandbox and boots its like, with what the server told of it', async () => {
  const { api, session } = await sessionOverScriptedApi();
  const box = api.addBox({ ...settings, status: 'failed', vcpus: 1 });
  const made: string[] = [];
  const run = { ...aRun(), onMade: ({ id }: { id: string }) => made.push(id) };
  const outcome = await recreateSandbox(session, { ...box, snapshot_id: 'the-snapshot' }, run);
  expect(outcome).toMatchObject({ kind: 'done', value: settings });
  expect(api.boxes).toHaveLength(1);
  expect(api.boxes[0]?.id).not.toBe(box.id);
  expect(made).toEqual([api.boxes[0]?.id]);
});

it('leaves memory to the server that a creation may not name beside the CPUs', async () => {
  const { api, session } = await sessionOverScriptedApi();
  for (const [mem_bytes, kept] of [
    [2 * 1024 ** 3, true],
    [4 * 1024 ** 3, false],
  ] as const) {
    const box = api.addBox({ ...settings, name: `of-${mem_bytes}`, status: 'failed', mem_bytes });
    const outcome = await recreateSandbox(session, { ...box, snapshot_id: 'the-snapshot' }, aRun());
    expect(outcome).toMatchObject({ kind: 'done', value: { cpu_millicores: 500 } });
    expect(outcome.kind === 'done' && outcome.value.mem_bytes === mem_bytes).toBe(kept);
  }
});

it('creates nothing when the old one could not be deleted', async () => {
  const { api, session } = await sessionOverScriptedApi();
  const box = api.addBox({ ...settings, status: 'failed' });
  api.override = (request) =>
    request.startsWith('DELETE')
      ? { status: 403, body: { detail: { error: 'Refused', message: 'Not yours.' } } }
      : undefined;
  const outcome = await recreateSandbox(session, { ...box, snapshot_id: 'the-snapshot' }, aRun());
  expect(outcome).toMatchObject({ kind: 'failed' });
  expect(api.boxes).toEqual([box]);
});

it('waits until a server that deletes in the background has let go of the name', async () => {
  const { api, session } = await sessionOverScriptedApi();
  const box = api.addBox({ ...settings, status: 'failed' });
  let looks = 0;
  api.override = (request) => {
    if (!request.endsWith(`/boxes/${box.id}`)) return undefined;
    if (request.startsWith('DELETE')) return { status: 204 };
    looks++;
    if (looks === 3) api.boxes.splice(0);
    return looks < 3 ? { status: 200, body: { ...box, status: 'deleting' } } : undefined;
  };
  const outcome = await recreateSandbox(session, { ...box, snapshot_id: 'the-snapshot' }, aRun());
  expect(outcome).toMatchObject({ kind: 'done', value: { name: 'agent' } });
  expect(api.seen.findIndex((request) => request.startsWith('POST'))).toBeGreaterThan(3);
});
