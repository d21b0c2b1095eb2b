import { beforeAll, describe, expect, it } from 'vitest';
import type { Box, Snapshot } from '../../../src/api/types';
import { until } from '../../harness/until';
import { engineView, soon } from './fixture/engine-view';
import { runningServer } from './fixture/running-server';
import { baseImage, gibibyte, sentence } from './fixture/wire';

const running = runningServer();
const view = engineView();
let snapshot: Snapshot;

beforeAll(async () => {
  snapshot = await running.wire.build('stops/base', baseImage());
});

async function stopped(id: string): Promise<Box> {
  await running.wire.expect(204, 'POST', `/boxes/${id}/stop`);
  const box = await running.wire.expect<Box>(200, 'GET', `/boxes/${id}`);
  expect(box.status).toBe('stopped');
  return box;
}

const unpaused = 'this engine can not pause: it has no control groups';

describe('a sandbox that preserves its memory', () => {
  it('runs on where the engine can not pause it, and its stop says so', async ({ skip }) => {
    skip(view.engine.info.hasCgroups, 'this engine can pause');
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id, preserve_memory_on_stop: true });
    const answer = await running.wire.call('POST', `/boxes/${id}/stop`, {});
    expect([answer.status, sentence(answer)]).toEqual([501, expect.stringContaining('It runs on')]);
    expect((await running.wire.execute(id, 'echo on')).stdout).toBe('on\n');
  });

  it('is paused by a stop, and a command finds its processes and /tmp', async ({ skip }) => {
    skip(!view.engine.info.hasCgroups, unpaused);
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id, preserve_memory_on_stop: true });
    await running.wire.execute(id, 'echo kept > /tmp/file; sleep 1000 >/dev/null 2>&1 &');
    await stopped(id);
    expect((await view.container(id))?.state).toBe('paused');
    const { stdout } = await running.wire.execute(id, 'cat /tmp/file; ps | grep -c "[s]leep 1000"');
    expect(stdout).toBe('kept\n1\n');
  });

  it('is woken by a command when somebody else paused it; another one says to unpause it', async ({
    skip,
  }) => {
    skip(!view.engine.info.hasCgroups, unpaused);
    const [preserving, other] = await Promise.all(
      [true, false].map((preserve_memory_on_stop) =>
        running.wire.boot({ snapshot_id: snapshot.id, preserve_memory_on_stop }),
      ),
    );
    for (const box of [preserving, other])
      await view.engine.pauseContainer(`langsmith-sandbox-${box!.id}`, soon());
    const [woken, refused] = await Promise.all([
      running.wire.execute(preserving!.id, 'echo awake'),
      running.wire.call('POST', `/${other!.id}/execute`, { command: 'true' }),
    ]);
    expect(woken.stdout).toBe('awake\n');
    expect([refused.status, refused.json]).toMatchObject([400, { detail: { error: 'NotReady' } }]);
    expect(sentence(refused)).toBe('Its container is paused in the engine. Unpause it there.');
    await view.engine.unpauseContainer(`langsmith-sandbox-${other!.id}`, soon());
    await until('it to be ready again', async () => {
      const { status } = await running.wire.expect<Box>(200, 'GET', `/boxes/${other!.id}`);
      return status === 'ready' || undefined;
    });
  });

  it('is deleted while it is paused', async ({ skip }) => {
    skip(!view.engine.info.hasCgroups, unpaused);
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id, preserve_memory_on_stop: true });
    await stopped(id);
    await running.wire.expect(204, 'DELETE', `/boxes/${id.toUpperCase()}`);
    expect(await view.container(id)).toBeUndefined();
  });
});

it('a sandbox that is not persistent starts from its snapshot each time', async () => {
  const { id } = await running.wire.boot({ snapshot_id: snapshot.id, persistent: false });
  await running.wire.execute(id, 'echo lost > /root/file');
  await stopped(id);
  expect(await view.container(id)).toBeUndefined();
  expect((await running.wire.execute(id, 'ls /root')).stdout).toBe('');
  const capture = await running.wire.call('POST', `/boxes/${id}/snapshot`, { name: 'stops/none' });
  expect([capture.status, sentence(capture)]).toEqual([400, expect.stringContaining('not persistent')]);
  const both = { snapshot_id: snapshot.id, persistent: false, preserve_memory_on_stop: true };
  expect((await running.wire.call('POST', '/boxes', both)).status).toBe(422);
});

/** Prints the bytes of memory and the microseconds of CPU in each 100 ms, with version 2 of control groups and with 1. */
const limits =
  'cd /sys/fs/cgroup; cat memory.max memory/memory.limit_in_bytes 2>/dev/null; ' +
  'cat cpu.max cpu/cpu.cfs_quota_us 2>/dev/null | cut -d " " -f 1';

describe('a patch', () => {
  it('of resources applies at the next start, and keeps the files', async ({ skip }) => {
    skip(!view.engine.info.hasCgroups, 'this engine keeps no limits: it has no control groups');
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id, mem_bytes: gibibyte / 4 });
    await running.wire.execute(id, 'echo kept > /root/file');
    const patch = { mem_bytes: gibibyte / 8, vcpus: 1, fs_capacity_bytes: 2 * gibibyte };
    const answer = await running.wire.call('PATCH', `/boxes/${id}`, patch);
    expect(answer.json).toMatchObject({ ...patch, cpu_millicores: 1000 });
    for (const start of ['first', 'second']) {
      await stopped(id);
      const { stdout } = await running.wire.execute(id, `cat /root/file; ${limits}`);
      expect(stdout, `after the ${start} start`).toBe(`kept\n${gibibyte / 8}\n100000\n`);
    }
  });

  it('of resources applies when a preserved memory goes on, and a sandbox that had no limits gets some', async ({
    skip,
  }) => {
    skip(!view.engine.info.hasCgroups, unpaused);
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id, preserve_memory_on_stop: true });
    await running.wire.execute(id, 'sleep 1000 >/dev/null 2>&1 &');
    await stopped(id);
    await running.wire.expect(200, 'PATCH', `/boxes/${id}`, {
      mem_bytes: gibibyte / 4,
      cpu_millicores: 500,
    });
    const { stdout } = await running.wire.execute(id, `ps | grep -c "[s]leep 1000"; ${limits}`);
    expect(stdout).toBe(`1\n${gibibyte / 4}\n50000\n`);
  });

  it('of memory to next to nothing can be taken back', async () => {
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id, mem_bytes: gibibyte / 4 });
    await running.wire.execute(id, 'echo kept > /root/file');
    for (const mem_bytes of [6 * 1024 * 1024, gibibyte / 4]) {
      await running.wire.expect(200, 'PATCH', `/boxes/${id}`, { mem_bytes });
      await running.wire.call('POST', `/boxes/${id}/stop`); // It may have failed for want of memory.
      await running.wire.expect(202, 'POST', `/boxes/${id}/start`);
      await until('the start to be over', async () => {
        const { status } = await running.wire.expect<Box>(200, 'GET', `/boxes/${id}/status`);
        return status !== 'provisioning' || undefined;
      });
    }
    expect((await running.wire.execute(id, 'cat /root/file')).stdout).toBe('kept\n');
  });

  it('of a capacity below the snapshot’s is refused', async () => {
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id });
    const answer = await running.wire.call('PATCH', `/boxes/${id}`, { fs_capacity_bytes: 1 });
    expect([answer.status, sentence(answer)]).toEqual([422, expect.stringContaining('at least')]);
  });
});

it.each([
  [
    {
      mount_config: {
        mounts: [{ id: 'a', type: 'contexthub', mount_path: '/a', contexthub: { repo: 'a/b' } }],
      },
    },
    'buckets',
  ],
  [{ volumes: [{ volume: 'v', mount_path: '/v' }] }, 'volumes'],
  [{ access_delegation: { mode: 'INHERIT' } }, 'one user'],
  [{ tag_value_ids: ['x'] }, 'use labels'],
])('%j is refused as a thing of the cloud', async (asked, reason) => {
  const answer = await running.wire.call('POST', '/boxes', { snapshot_id: snapshot.id, ...asked });
  expect([answer.status, sentence(answer)]).toEqual([501, expect.stringContaining(reason)]);
});

it('usage counts what is there', async () => {
  const { items } = await running.wire.expect<{ items: Box[] }>(200, 'GET', '/boxes');
  expect(await running.wire.expect(200, 'GET', '/usage')).toMatchObject({
    sandboxes_used: items.length,
    sandbox_stopped_count: items.filter(({ status }) => status === 'stopped').length,
    snapshots_count: 1,
    cpu_limit_millicores: view.engine.info.cpus * 1000,
  });
  const costs = await running.wire.call(
    'GET',
    '/usage/costs?start_time=2026-06-01T00:00:00Z&end_time=2026-07-01T00:00:00Z',
  );
  expect([costs.status, sentence(costs)]).toEqual([501, expect.stringContaining('LangSmith only')]);
});
