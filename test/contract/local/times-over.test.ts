import { expect, it } from 'vitest';
import type { Box } from '../../../src/api/types';
import { forgetLocalServer, startLocalServer } from '../../harness/local-server';
import { until } from '../../harness/until';
import { emptyServer } from './fixture/empty-server';
import { lineToEngine } from './fixture/engine-line';
import { engineView } from './fixture/engine-view';
import { runningServer } from './fixture/running-server';
import { unique, wireOf } from './fixture/wire';

// Each takes as long as the least time of its kind: they run side by side.

const running = runningServer();
const view = engineView();
const leastTtl = 60;
/** With what a busy engine needs to end things. */
const patienceMs = 2 * leastTtl * 1000;
const limit = { timeout: 2 * patienceMs };

it.concurrent('a sandbox stops that is only looked at, and one that is used runs on', limit, async () => {
  const { wire } = running;
  const { id } = await wire.build(unique());
  const asked = { snapshot_id: id, idle_ttl_seconds: leastTtl };
  const [used, watched] = await Promise.all([wire.boot(asked), wire.boot(asked)]);
  await wire.execute(watched.id, 'echo kept > /root/file');
  const stopped = await until(
    'the sandbox that is only looked at to stop',
    async () => {
      await wire.execute(used.id, 'true');
      const box = await wire.expect<Box>(200, 'GET', `/boxes/${watched.id}`);
      return box.status === 'stopped' ? box : undefined;
    },
    patienceMs,
  );
  const idleMs = Date.parse(stopped.stopped_at!) - Date.parse(watched.created_at!);
  expect(idleMs).toBeGreaterThanOrEqual(leastTtl * 1000);
  expect((await view.container(watched.id))?.state).toBe('exited');
  expect(await wire.expect<Box>(200, 'GET', `/boxes/${used.id}`)).toMatchObject({ status: 'ready' });
  expect((await wire.execute(watched.id, 'cat /root/file')).stdout).toBe('kept\n');
});

it.concurrent('a sandbox goes once it was stopped for its time', limit, async () => {
  const { wire } = running;
  const { id } = await wire.build(unique());
  const box = await wire.boot({ snapshot_id: id, delete_after_stop_seconds: leastTtl });
  await wire.expect(204, 'POST', `/boxes/${box.id}/stop`);
  await until(
    'the sandbox to be gone',
    async () => (await wire.call('GET', `/boxes/${box.id}`)).status === 404 || undefined,
    patienceMs,
  );
  expect(await view.container(box.id)).toBeUndefined();
});

it.concurrent(
  'a sandbox fails when the engine says nothing for a minute while it boots, and starts later',
  limit,
  async ({ onTestFinished }) => {
    const line = await lineToEngine(onTestFinished);
    const server = await startLocalServer({ engine: line.url });
    const wire = wireOf(server);
    onTestFinished(async () => {
      await line.mend();
      await emptyServer(wire);
      await server.stop();
      await forgetLocalServer(server);
    });
    const { id: snapshot_id } = await wire.build(unique());

    line.silence();
    const { id } = await wire.expect<Box>(201, 'POST', '/boxes', { snapshot_id, wait_for_ready: false });
    const boxOnce = (is: (box: Box) => boolean): Promise<Box> =>
      until(
        'the sandbox to change',
        async () => {
          const box = await wire.expect<Box>(200, 'GET', `/boxes/${id}/status`);
          return is(box) ? box : undefined;
        },
        patienceMs,
      );
    const given = await boxOnce(({ status }) => status !== 'provisioning');
    expect([given.status, given.status_message]).toEqual(['failed', expect.stringContaining('within 3 s')]);

    await line.mend();
    const kept = await boxOnce((box) => !box.status_message?.includes('may be old'));
    expect([kept.status, kept.status_message]).toEqual([
      'failed',
      expect.stringContaining('no reply in time'),
    ]);
    await wire.expect(202, 'POST', `/boxes/${id}/start`);
    expect((await wire.execute(id, 'echo up')).stdout).toBe('up\n');
  },
);
