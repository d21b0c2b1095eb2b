import { beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/api/types';
import { testEnvironment } from '../../harness/env';
import { engineRoom } from '../engine/fixture/engine-room';
import { busyboxFilesystem } from '../engine/fixture/root-filesystem';
import { engineView, soon } from './fixture/engine-view';
import { runningServer } from './fixture/running-server';
import { gibibyte, sentence, unique } from './fixture/wire';

const running = runningServer();
const view = engineView();
const room = engineRoom(testEnvironment().engine);
let base: Snapshot;

beforeAll(async () => {
  const lines = ['USER app', 'WORKDIR /srv', 'ENV OF_IMAGE=1', 'ENTRYPOINT ["/bin/echo"]', 'CMD ["hello"]'];
  base = await running.wire.build('capture/base', await room.image(await busyboxFilesystem(), lines));
});

async function capture(box: string, request: Record<string, unknown> = {}): Promise<Snapshot> {
  const body = { name: `capture/${unique()}`, ...request };
  const created = await running.wire.expect<Snapshot>(201, 'POST', `/boxes/${box}/snapshot`, body);
  expect(created).toMatchObject({ status: 'building', source_sandbox_id: box });
  return running.wire.settled(created.id);
}

describe('a capture', () => {
  it('has the files of the sandbox, and neither /tmp nor processes', async () => {
    const { id } = await running.wire.boot({ snapshot_id: base.id });
    const write = 'for f in /usr/local /root /opt /home /tmp; do echo kept > $f/file; done; sleep 4713 &';
    const asRoot = { command: `(${write}) >/dev/null 2>&1`, run_config: { user: 'root' } };
    await running.wire.execute(id, asRoot);
    const captured = await capture(id);
    expect(captured).toMatchObject({ status: 'ready', status_message: null, docker_image: null });
    const second = await running.wire.boot({ snapshot_id: captured.id });
    const look =
      'cat /usr/local/file /root/file /opt/file /home/file; ls -A /tmp; ps | grep -c "[s]leep 4713"; true';
    const { stdout } = await running.wire.execute(second.id, { command: look, run_config: { user: 'root' } });
    expect(stdout).toBe('kept\nkept\nkept\nkept\n0\n');
    expect((await running.wire.execute(id, 'ps | grep -c "[s]leep 4713"')).stdout).toBe('1\n');
  });

  it('keeps the image’s user, folder, variables and process, also through a second one', async () => {
    const first = await running.wire.boot({ snapshot_id: base.id });
    const once = await capture(first.id, { run_config: { env_vars: { ADDED: 'yes' } } });
    const second = await running.wire.boot({ snapshot_id: once.id });
    const twice = await capture(second.id);
    expect(twice.run_config).toMatchObject({
      user: 'app',
      work_dir: '/srv',
      env_vars: { OF_IMAGE: '1', ADDED: 'yes' },
    });
    const third = await running.wire.boot({ snapshot_id: twice.id });
    expect((await running.wire.execute(third.id, 'echo $(id -un) $PWD $OF_IMAGE $ADDED')).stdout).toBe(
      'app /srv 1 yes\n',
    );
    const [name] = await view.imagesOf([twice.id]);
    const image = await view.engine.inspectImage(name!, soon());
    expect(image).toMatchObject({ entrypoint: ['/bin/echo'], cmd: ['hello'], user: 'app', workDir: '/srv' });
    expect(image?.labels).toMatchObject({
      'langsmith-sandboxes.instance': '',
      'langsmith-sandboxes.box': '',
    });
  });

  it('holds what was written where the image declares a volume', async () => {
    const image = await room.image(await busyboxFilesystem(), ['VOLUME /etc', 'ENV KEPT=1', 'CMD ["sh"]']);
    const built = await running.wire.build(unique(), image);
    expect(built).toMatchObject({ status_message: null, run_config: { env_vars: { KEPT: '1' } } });
    const { id } = await running.wire.boot({ snapshot_id: built.id });
    expect((await running.wire.execute(id, 'ls /etc/passwd')).stdout).toBe('/etc/passwd\n');
    await running.wire.execute(id, 'echo written > /etc/file');
    const captured = await capture(id);
    expect(captured).toMatchObject({ status: 'ready', status_message: null });
    const second = await running.wire.boot({ snapshot_id: captured.id });
    expect((await running.wire.execute(second.id, 'cat /etc/file; ls /etc/passwd; echo $KEPT')).stdout).toBe(
      'written\n/etc/passwd\n1\n',
    );
  });

  it('that is deleted while it is written leaves the sandbox running and no image', async () => {
    const { id } = await running.wire.boot({ snapshot_id: base.id });
    const big = { command: 'dd if=/dev/urandom of=/opt/big bs=1M count=60 2>&1', run_config: { user: '0' } };
    await running.wire.execute(id, big);
    const body = { name: unique() };
    const created = await running.wire.expect<Snapshot>(201, 'POST', `/boxes/${id}/snapshot`, body);
    await view.untilWriting(id);
    await running.wire.expect(204, 'DELETE', `/snapshots/${created.id}`);
    expect((await view.container(id))?.state).toBe('running');
    expect(await running.wire.expect(200, 'GET', `/boxes/${id}`)).toMatchObject({ status: 'ready' });
    expect(await view.imagesOf([created.id])).toEqual([]);
  });

  it('does not hold the sandbox’s own variables', async () => {
    const { id } = await running.wire.boot({ snapshot_id: base.id, env_vars: { TOKEN: 'only-here' } });
    const captured = await capture(id);
    expect(JSON.stringify(captured)).not.toContain('only-here');
    const [name] = await view.imagesOf([captured.id]);
    expect((await view.engine.inspectImage(name!, soon()))?.env).not.toHaveProperty('TOKEN');
  });

  it('takes name, tag, description and labels, and moves the tag', async () => {
    const { id } = await running.wire.boot({ snapshot_id: base.id });
    const request = { name: 'capture/again', tag: 'v2', description: 'after set-up', labels: { by: 'test' } };
    const older = await capture(id, request);
    const newer = await capture(id, request);
    const { name, description, labels } = request;
    expect(newer).toMatchObject({ name, description, labels, tags: ['v2'] });
    expect(await running.wire.expect(200, 'GET', `/snapshots/${older.id}`)).toMatchObject({ tags: [] });
  });

  it('carries the settings that it is asked to include to sandboxes that do not say them', async () => {
    const opaque = { name: 'A', type: 'opaque', value: 'hidden' };
    const settings = {
      env_vars: { TOKEN: 'carried' },
      cpu_millicores: 500,
      mem_bytes: gibibyte,
      idle_ttl_seconds: 120,
      labels: { team: 'a', 'com.langchain.owner': 'b' },
      proxy_config: { rules: [{ name: 'r', enabled: false, match_hosts: ['a.example'], headers: [opaque] }] },
    };
    const { id } = await running.wire.boot({ snapshot_id: base.id, ...settings });
    const confirmed = { confirm_allow_snapshot_secret_values: true };
    const captured = await capture(id, { include: ['all'], labels: { by: 'test' }, ...confirmed });
    const included = ['mounts', 'proxy_config', 'env_vars', 'resources', 'lifecycle', 'labels'];
    expect(captured).toMatchObject({ included, labels: { by: 'test', team: 'a' } });
    expect(JSON.stringify(captured)).not.toMatch(/TOKEN|com\.langchain|hidden/);
    const own = await running.wire.boot({ snapshot_id: captured.id, vcpus: 1, idle_ttl_seconds: 0 });
    expect(own).toMatchObject({ cpu_millicores: 1000, mem_bytes: gibibyte, idle_ttl_seconds: 0 });
    const shown = [{ name: 'A', type: 'opaque', is_set: true }];
    expect(captured.proxy_config?.rules).toMatchObject([{ name: 'r', headers: shown }]);
    expect(own.proxy_config).toEqual(captured.proxy_config);
    expect(own.labels).toEqual({ by: 'test', team: 'a' });
    expect((await running.wire.execute(own.id, 'echo $TOKEN')).stdout).toBe('carried\n');
  });

  it('has the command and ports of image_config in place of the image’s', async () => {
    const { id } = await running.wire.boot({ snapshot_id: base.id });
    const imageConfig = { entrypoint: ['/bin/serve'], cmd: [], exposed_ports: [8080] };
    const captured = await capture(id, { image_config: imageConfig });
    const [name] = await view.imagesOf([captured.id]);
    expect(await view.engine.inspectImage(name!, soon())).toMatchObject({
      entrypoint: ['/bin/serve'],
      cmd: [],
      exposedPorts: ['8080/tcp'],
    });
  });

  it('outlives the sandbox and the snapshot it came from', async () => {
    const parent = await running.wire.build(unique(), base.docker_image ?? '');
    const { id } = await running.wire.boot({ snapshot_id: parent.id });
    const child = await capture(id);
    await running.wire.expect(204, 'DELETE', `/boxes/${id}`);
    await running.wire.expect(204, 'DELETE', `/snapshots/${parent.id}`);
    const box = await running.wire.boot({ snapshot_id: child.id });
    expect((await running.wire.execute(box.id, 'cat /etc/motd')).stdout).toBe('of the image');
  });

  it('and a stop asked for at the same time both happen', async () => {
    const { id } = await running.wire.boot({ snapshot_id: base.id });
    const [captured] = await Promise.all([
      capture(id),
      running.wire.expect(204, 'POST', `/boxes/${id}/stop`),
    ]);
    expect(captured.status).toBe('ready');
  });

  it('is refused for a sandbox that does not run, is not there, or asks for what only LangSmith can do', async () => {
    const { id, name } = await running.wire.boot({ snapshot_id: base.id });
    const memory = { name: 'x', include_memory: true };
    const later = await running.wire.call('POST', `/boxes/${id}/snapshot`, memory);
    expect([later.status, sentence(later)]).toEqual([501, expect.stringContaining('include_memory')]);
    await running.wire.expect(204, 'POST', `/boxes/${id}/stop`);
    const stopped = await running.wire.call('POST', `/boxes/${id}/snapshot`, { name: 'x' });
    expect([stopped.status, sentence(stopped)]).toEqual([400, expect.stringContaining(`${name} is stopped`)]);
    expect((await running.wire.call('POST', '/boxes/nobody/snapshot', { name: 'x' })).status).toBe(404);
    const small = { name: 'x', fs_capacity_bytes: gibibyte / gibibyte };
    await running.wire.execute(id, 'true');
    expect((await running.wire.call('POST', `/boxes/${id}/snapshot`, small)).status).toBe(422);
  });
});
