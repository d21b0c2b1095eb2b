import { beforeAll, describe, expect, it } from 'vitest';
import type { Box, BoxList, Snapshot } from '../../../src/api/types';
import { until } from '../../harness/until';
import { engineView, soon } from './fixture/engine-view';
import { openTunnel } from './services/fixture/tunnel-client';
import { runningServer } from './fixture/running-server';
import { baseImage, gibibyte, sentence, unique } from './fixture/wire';

const running = runningServer();
const view = engineView();
let snapshot: Snapshot;

beforeAll(async () => {
  snapshot = await running.wire.build('boxes/base', baseImage(), {
    labels: { kind: 'base', owner: 'snapshot' },
    run_config: { env_vars: { LAYER: 'snapshot', ONLY_SNAPSHOT: 'yes' } },
  });
});

describe('a sandbox', () => {
  it('is ready when the create call waited for it, with labels and defaults', async () => {
    const box = await running.wire.boot({
      snapshot_id: snapshot.id,
      name: 'whole',
      labels: { owner: 'box' },
    });
    expect(box).toMatchObject({
      status: 'ready',
      name: 'whole',
      snapshot_id: snapshot.id,
      labels: { kind: 'base', owner: 'box' },
      fs_capacity_bytes: gibibyte,
      idle_ttl_seconds: 600,
      delete_after_stop_seconds: 1_209_600,
      vcpus: null,
      mem_bytes: null,
      stopped_at: null,
    });
    expect(box.dataplane_url).toBe(`${running.server.endpoint}/v2/sandboxes/${box.id}`);
  });

  it('is provisioning at once without waiting, and then ready', async () => {
    const box = await running.wire.expect<Box>(201, 'POST', '/boxes', { snapshot: 'boxes/base' });
    expect(box.status).toBe('provisioning');
    expect(box.name).toMatch(/^sandbox-[0-9a-f]{8}$/);
    const ready = await until('it to be ready', async () => {
      const reply = await running.wire.expect<Box>(200, 'GET', `/boxes/${box.name}/status`);
      return reply.status === 'provisioning' ? undefined : reply;
    });
    expect(ready).toEqual({ status: 'ready', status_message: null });
  });

  it('shares nothing with another one from the same snapshot', async () => {
    const boxes = await Promise.all([
      running.wire.boot({ snapshot_name: 'boxes/base' }),
      running.wire.boot({ snapshot_id: snapshot.id }),
    ]);
    const [one, two] = boxes.map(({ id }) => id) as [string, string];
    await running.wire.execute(one, 'echo one > /root/mine');
    expect((await running.wire.execute(two, 'cat /root/mine')).exit_code).not.toBe(0);
  });

  it('is found by name and by id, and not after it was deleted', async () => {
    const { id, name } = await running.wire.boot({ snapshot_id: snapshot.id });
    expect(await running.wire.expect<Box>(200, 'GET', `/boxes/${id}`)).toMatchObject({ name });
    await running.wire.expect(204, 'DELETE', `/boxes/${name}`);
    const answer = await running.wire.call('GET', `/boxes/${id}`);
    expect([answer.status, sentence(answer)]).toEqual([404, `There is no sandbox ${id} here.`]);
    expect(await view.container(id)).toBeUndefined();
  });

  it('gets what it was given of CPU and memory, and no limit otherwise', async ({ skip }) => {
    const limited = await running.wire.boot({
      snapshot_id: snapshot.id,
      vcpus: 1,
      mem_bytes: 2 * 1024 ** 3,
    });
    expect(limited).toMatchObject({ vcpus: 1, cpu_millicores: 1000, mem_bytes: 2 * 1024 ** 3 });
    skip(!view.engine.info.hasCgroups, 'this engine keeps no limits: it has no control groups');
    const limit = 'cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null';
    expect((await running.wire.execute(limited.id, limit)).stdout.trim()).toBe(String(2 * 1024 ** 3));
  });
});

describe('creating is refused', () => {
  it('for a name that is taken, with 409', async () => {
    const { name } = await running.wire.boot({ snapshot_id: snapshot.id });
    const answer = await running.wire.call('POST', '/boxes', { snapshot_id: snapshot.id, name });
    expect([answer.status, sentence(answer)]).toEqual([409, expect.stringContaining(`sandbox ${name}`)]);
  });

  it('for a snapshot that is not there, and without a snapshot, with 400', async () => {
    const unknown = await running.wire.call('POST', '/boxes', { snapshot_name: 'nobody' });
    expect([unknown.status, sentence(unknown)]).toEqual([400, expect.stringContaining('no snapshot nobody')]);
    const none = await running.wire.call('POST', '/boxes', {});
    expect([none.status, sentence(none)]).toEqual([
      400,
      expect.stringContaining('start the server with --default-image'),
    ]);
  });

  it('for a snapshot that failed, with its reason', async () => {
    const failed = await running.wire.build(unique(), baseImage(), { fs_capacity_bytes: 1 });
    const answer = await running.wire.call('POST', '/boxes', { snapshot_id: failed.id });
    expect(answer.status).toBe(400);
    expect(sentence(answer)).toContain('more than the capacity of 1.');
  });

  it.each([
    [{ idle_ttl_seconds: 61 }, 'multiple of 60'],
    [{ delete_after_stop_seconds: 2_592_060 }, 'at most 2592000'],
    [{ cpu_millicores: 10 }, 'cpu_millicores must be at least 50.'],
    [{ mem_bytes: 1024 }, 'mem_bytes must be at least 6291456.'],
    [{ name: 'a b' }, 'A name has letters'],
    [{ name: '0d1ccb2b-9fd3-4c8e-8a5c-0a52e3d0a7f4' }, 'neither an id'],
    [{ env_vars: { 'A=B': '' } }, "without '='"],
    [{ fs_capacity_bytes: 5 }, 'fs_capacity_bytes must be at least'],
    [{ timeout: 'soon' }, 'timeout must be a number, not a string.'],
    [{ snapshot: 'x' }, 'not several'],
  ])('with 422 for %j', async (change, reason) => {
    const answer = await running.wire.call('POST', '/boxes', { snapshot_id: snapshot.id, ...change });
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({ detail: [{ type: 'value_error' }] });
    expect(sentence(answer)).toContain(reason);
  });

  it('for what this server does not do yet, with 501, instead of leaving it out', async () => {
    const proxy_config = { access_control: { allow_list: ['example.com'] } };
    const answer = await running.wire.call('POST', '/boxes', { snapshot_id: snapshot.id, proxy_config });
    expect([answer.status, sentence(answer)]).toEqual([501, expect.stringContaining('proxy_config')]);
  });

  it('with 422 for more room than a sandbox of its kind may have, and not for less', async () => {
    const asked = { snapshot_id: snapshot.id, cpu_millicores: 1000, fs_capacity_bytes: 16 * gibibyte };
    const { id } = await running.wire.boot({ ...asked, persistent: false });
    const more = await running.wire.call('PATCH', `/boxes/${id}`, { fs_capacity_bytes: 17 * gibibyte });
    expect([more.status, sentence(more)]).toEqual([422, expect.stringContaining('16 GiB for each CPU')]);
    const large = { ...asked, cpu_millicores: undefined, fs_capacity_bytes: 100 * gibibyte };
    await running.wire.boot({ ...large, persistent: false });
    expect((await running.wire.call('POST', '/boxes', large)).status).toBe(422);
  });

  it('with 408 when it takes longer than the timeout, and it goes on', async () => {
    const name = unique();
    const request = { snapshot_id: snapshot.id, name, wait_for_ready: true, timeout: 0.001 };
    const answer = await running.wire.call('POST', '/boxes', request);
    expect([answer.status, sentence(answer)]).toEqual([408, expect.stringContaining(name)]);
    await until('it to be ready', async () => {
      const { status } = await running.wire.expect<Box>(200, 'GET', `/boxes/${name}`);
      return status === 'ready' || undefined;
    });
  });
});

describe('stop and start', () => {
  it('keep the files and end the processes', async () => {
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id });
    await running.wire.execute(
      id,
      'echo kept > /root/file; echo gone > /tmp/file; sleep 1000 >/dev/null 2>&1 &',
    );
    await running.wire.expect(204, 'POST', `/boxes/${id}/stop`, {});
    const stopped = await running.wire.expect<Box>(200, 'GET', `/boxes/${id}`);
    expect(stopped.status).toBe('stopped');
    expect(Date.parse(stopped.stopped_at ?? '')).not.toBeNaN();
    expect((await view.container(id))?.state).toBe('exited');
    const started = await running.wire.expect<Box>(202, 'POST', `/boxes/${id}/start`);
    expect(started.status).toBe('provisioning');
    const after = await running.wire.execute(id, 'cat /root/file; ls /tmp; ps | grep -c "[s]leep 1000"');
    expect(after.stdout).toBe('kept\n0\n');
    expect(await running.wire.expect<Box>(200, 'GET', `/boxes/${id}`)).toMatchObject({
      status: 'ready',
      stopped_at: null,
    });
  });

  it('are refused in the wrong state, with 400', async () => {
    const { id, name } = await running.wire.boot({ snapshot_id: snapshot.id });
    const start = await running.wire.call('POST', `/boxes/${name}/start`);
    expect([start.status, sentence(start)]).toEqual([400, expect.stringContaining(`${name} is ready`)]);
    await running.wire.expect(204, 'POST', `/boxes/${id}/stop`);
    const stop = await running.wire.call('POST', `/boxes/${id}/stop`);
    expect([stop.status, sentence(stop)]).toEqual([400, expect.stringContaining(`${name} is stopped`)]);
    expect((await running.wire.call('POST', '/boxes/nobody/stop')).status).toBe(404);
  });

  it('of one sandbox at the same time leave it in one state, and the engine agrees', async () => {
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id });
    const answers = await Promise.all([
      running.wire.call('POST', `/boxes/${id}/stop`),
      running.wire.call('POST', `/boxes/${id}/start`),
      running.wire.call('POST', `/boxes/${id}/stop`),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 400, 400]);
    expect((await view.container(id))?.state).toBe('exited');
  });

  it('happen by themselves: a command starts a stopped sandbox', async () => {
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id });
    await running.wire.expect(204, 'POST', `/boxes/${id}/stop`);
    const all = await Promise.all([1, 2, 3].map((number) => running.wire.execute(id, `echo ${number}`)));
    expect(all.map(({ stdout }) => stdout)).toEqual(['1\n', '2\n', '3\n']);
  });

  it('happen by themselves: so does whatever else reaches into it', async () => {
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id });
    const post = (path: string, body: unknown) => () =>
      running.wire.call('POST', `/${id}/${path}`, body).then(({ text }) => text);
    const requests: [string, () => Promise<unknown>, unknown][] = [
      [
        'a command over an event stream',
        post('execute/stream/start', { command: 'echo on', command_id: 'kept' }),
        expect.stringContaining('"exit_code":0'),
      ],
      [
        'going on with one that has ended',
        post('execute/stream/resume', { command_id: 'kept', stdout_offset: 0, stderr_offset: 0 }),
        expect.stringContaining('"exit_code":0'),
      ],
      ['a glob', post('glob', { path: '/etc', pattern: 'passwd' }), expect.stringContaining('/etc/passwd')],
      ['a grep', post('grep', { path: '/etc', pattern: 'root:' }), expect.stringContaining('"line":1')],
      ['a tunnel', () => tunnelStatus(id), 2],
    ];
    for (const [what, ask, answer] of requests) {
      await running.wire.expect(204, 'POST', `/boxes/${id}/stop`);
      expect([what, await ask()]).toEqual([what, answer]);
      const { status } = await running.wire.expect<Box>(200, 'GET', `/boxes/${id}`);
      expect([what, status]).toEqual([what, 'ready']);
    }
  });

  /** What a tunnel says of a port where nothing listens. */
  async function tunnelStatus(id: string): Promise<number | undefined> {
    const client = await openTunnel(running.server, id);
    const status = await client.dial(1, 8999);
    client.webSocket.terminate();
    return status;
  }
});

describe('the truth is what the engine says', () => {
  const shown = (id: string, status: string): Promise<Box> =>
    until(`the sandbox to be ${status}`, async () => {
      const { items } = await running.wire.expect<BoxList>(200, 'GET', '/boxes?limit=500');
      return items?.find((box) => box.id === id && box.status === status);
    });

  it('a container that was stopped outside shows as stopped, and works again after a command', async () => {
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id });
    await view.engine.stopContainer(`langsmith-sandbox-${id}`, 1, soon());
    expect(await shown(id, 'stopped')).toMatchObject({
      status_message: 'Its container ended while LangSmith Sandboxes was not looking.',
    });
    expect((await running.wire.execute(id, 'echo up')).stdout).toBe('up\n');
  });

  it('a command on a container that was stopped a moment ago starts it and runs once', async () => {
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id });
    await view.engine.stopContainer(`langsmith-sandbox-${id}`, 1, soon());
    expect((await running.wire.execute(id, 'echo x >> /root/runs; cat /root/runs')).stdout).toBe('x\n');
  });

  it('a container that was removed shows as failed with the reason, and starting it makes a new one', async () => {
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id });
    const own = { command: 'echo found', shell: '/bin/own-shell' };
    await running.wire.upload(id, '/bin/own-shell', '#!/bin/sh\nexec /bin/sh "$@"\n');
    await running.wire.execute(id, 'chmod +x /bin/own-shell');
    expect(await running.wire.execute(id, own)).toMatchObject({ stdout: 'found\n' });
    await view.engine.removeContainer(`langsmith-sandbox-${id}`, soon());
    const failed = await shown(id, 'failed');
    expect(failed.status_message).toContain('Its container was removed from the engine');
    const refused = await running.wire.call('POST', `/${id}/execute`, { command: 'true' });
    expect([refused.status, refused.json]).toMatchObject([400, { detail: { error: 'NotReady' } }]);
    await running.wire.expect(202, 'POST', `/boxes/${id}/start`);
    await shown(id, 'ready');
    const gone = await running.wire.call('POST', `/${id}/execute`, own);
    expect([gone.status, sentence(gone)]).toEqual([
      400,
      expect.stringContaining('There is no /bin/own-shell'),
    ]);
  });
});

it('a snapshot with sandboxes on it is not deleted, and the refusal names them', async () => {
  const base = await running.wire.build(unique());
  const { name } = await running.wire.boot({ snapshot_id: base.id });
  const answer = await running.wire.call('DELETE', `/snapshots/${base.id}`);
  expect([answer.status, sentence(answer)]).toEqual([409, expect.stringContaining(`is used by ${name}.`)]);
  await running.wire.expect(204, 'DELETE', `/boxes/${name}`);
  await running.wire.expect(204, 'DELETE', `/snapshots/${base.id}`);
});

it('a sandbox is renamed, and what it runs with is merged', async () => {
  const { id } = await running.wire.boot({
    snapshot_id: snapshot.id,
    env_vars: { LAYER: 'box' },
    run_config: { env_vars: { LAYER: 'below', ONLY_BOX: 'yes' } },
  });
  const name = `renamed-${unique()}`;
  const change = { name, idle_ttl_seconds: 0, run_config: { env_vars: { PATCHED: 'yes' } } };
  expect(await running.wire.expect(200, 'PATCH', `/boxes/${id}`, change)).toMatchObject({
    name,
    idle_ttl_seconds: 0,
  });
  const { stdout } = await running.wire.execute(name, 'echo $LAYER $ONLY_SNAPSHOT $ONLY_BOX $PATCHED');
  expect(stdout).toBe('box yes yes yes\n');
  const taken = await running.wire.call('PATCH', `/boxes/${id}`, { name: 'whole' });
  expect(taken.status).toBe(409);
});

it('several are deleted at once, and what is not there is told', async () => {
  const { id, name } = await running.wire.boot({ snapshot_id: snapshot.id });
  expect(await running.wire.expect(200, 'POST', '/boxes/batch-delete', { names: [name, 'nobody'] })).toEqual({
    deleted: [name],
    skipped: [{ name: 'nobody', reason: 'There is no sandbox nobody here.' }],
  });
  expect(await view.container(id)).toBeUndefined();
});
