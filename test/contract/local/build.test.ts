import { describe, expect, it, onTestFinished } from 'vitest';
import type { Registry, Snapshot } from '../../../src/api/types';
import { pushFreshImage } from '../../harness/downloads';
import { testEnvironment } from '../../harness/env';
import { engineRoom } from '../engine/fixture/engine-room';
import { busyboxFilesystem } from '../engine/fixture/root-filesystem';
import { engineView, soon } from './fixture/engine-view';
import { passingRegistry, type PassingRegistry } from './fixture/passing-registry';
import { runningServer } from './fixture/running-server';
import { baseImage, gibibyte, sentence, unique } from './fixture/wire';

const running = runningServer();
const view = engineView();
const room = engineRoom(testEnvironment().engine);

describe('a build', () => {
  it('answers at once, and ends ready with digest, size and run configuration', async () => {
    const request = {
      name: 'team/base',
      docker_image: baseImage(),
      fs_capacity_bytes: gibibyte,
      description: 'for tests',
      labels: { kind: 'base' },
      run_config: { env_vars: { EXTRA: '1' }, work_dir: '/opt' },
    };
    const created = await running.wire.expect<Snapshot>(201, 'POST', '/snapshots', request);
    expect(created).toMatchObject({ status: 'building', name: 'team/base', tags: ['latest'] });
    const ready = await running.wire.settled(created.id);
    expect(ready).toMatchObject({
      status: 'ready',
      status_message: null,
      docker_image: baseImage(),
      description: 'for tests',
      labels: { kind: 'base' },
      fs_capacity_bytes: gibibyte,
    });
    expect(ready.image_digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(ready.fs_used_bytes).toBeGreaterThan(100_000);
    expect(ready.run_config).toMatchObject({ work_dir: '/opt' });
    expect(ready.run_config?.env_vars).toMatchObject({ EXTRA: '1' });
    expect(ready.run_config?.env_vars?.['PATH']).toContain('/bin');
    expect(ready.source_sandbox_id).toBeNull();
  });

  it('of an image that no registry knows uses it as it is', async () => {
    const image = await room.image(await busyboxFilesystem(), ['USER app', 'WORKDIR /srv', 'ENV A=1']);
    const snapshot = await running.wire.build(unique(), image);
    expect(snapshot).toMatchObject({
      status: 'ready',
      run_config: { user: 'app', work_dir: '/srv', env_vars: { A: '1' } },
    });
    await running.wire.expect(204, 'DELETE', `/snapshots/${snapshot.id}`);
    expect(await view.hasImage(image)).toBe(true);
  });

  it.each([
    ['can not be reached', (registry: PassingRegistry) => registry.goAway(), "can't be reached"],
    ['no longer has it', (registry: PassingRegistry) => registry.forgetAll(), 'does not have it'],
  ])('of an image whose registry %s uses the engine’s copy, and says so', async (_, lose, reason) => {
    const registry = await passingRegistry();
    const image = `${registry.host}/${await pushFreshImage()}`;
    await view.engine.pullImage(image, { signal: soon() });
    onTestFinished(() => view.engine.removeImage(image, soon()));
    await lose(registry);
    const snapshot = await running.wire.build(unique(), image);
    expect(snapshot.status).toBe('ready');
    expect(snapshot.status_message).toContain(reason);
    expect(await view.hasImage(image)).toBe(true);
  });

  it('of another name that a pulled image was given uses it as it is', async ({ skip }) => {
    skip(view.engine.info.product === 'podman', 'Podman takes a tag for a pull: it has a digest as well');
    const pulled = `${testEnvironment().registryOpen}/${await pushFreshImage()}`;
    await view.engine.pullImage(pulled, { signal: soon() });
    const repository = `${testEnvironment().registryUnreachable}/alias-${unique()}`;
    await view.engine.tagImage(pulled, repository, '1', soon());
    onTestFinished(async () => {
      for (const name of [pulled, `${repository}:1`]) await view.engine.removeImage(name, soon());
    });
    const snapshot = await running.wire.build(unique(), `${repository}:1`);
    expect(snapshot).toMatchObject({ status: 'ready', status_message: null });
    expect(await view.hasImage(`${repository}:1`)).toBe(true);
  });

  it('of an image that is named by its digest alone has that one, and leaves no name of it in the engine', async () => {
    const pushed = `${testEnvironment().registryOpen}/${await pushFreshImage()}`;
    const { image_digest } = await running.wire.build(unique(), pushed);
    const image = `${pushed.slice(0, pushed.lastIndexOf(':'))}@${image_digest}`;
    const snapshot = await running.wire.build(unique(), image);
    expect(snapshot).toMatchObject({ status: 'ready', docker_image: image, image_digest });
    const names = (await view.engine.listImages(soon())).flatMap(({ references }) => references);
    expect(names.filter((name) => name.includes(image.split('@')[0]!))).toEqual([]);
    // Podman finds ours by a digest, whatever name stands before it.
    expect(await view.hasImage(image)).toBe(view.engine.info.product === 'podman');
    const { id } = await running.wire.boot({ snapshot_id: snapshot.id });
    expect((await running.wire.execute(id, 'echo up')).stdout).toBe('up\n');
  });

  it('of the same image at the same time succeeds twice', async () => {
    const image = `${testEnvironment().registryOpen}/${await pushFreshImage()}`;
    const both = await Promise.all([
      running.wire.build(unique(), image),
      running.wire.build(unique(), image),
    ]);
    expect(both.map(({ status }) => status)).toEqual(['ready', 'ready']);
    expect(await view.hasImage(image)).toBe(false);
  });
});

describe('a build fails with a reason to act on', () => {
  it('when the registry has no such image', async () => {
    const { registryOpen } = testEnvironment();
    const failed = await running.wire.build(unique(), `${registryOpen}/no-such-image:1`);
    expect(failed.status).toBe('failed');
    expect(failed.status_message).toBe(
      `${registryOpen} has no image ${registryOpen}/no-such-image:1. Check its name and tag.`,
    );
  });

  it('when the registry can not be reached', async () => {
    const { registryUnreachable } = testEnvironment();
    const failed = await running.wire.build(unique(), `${registryUnreachable}/any:1`);
    expect(failed.status).toBe('failed');
    expect(failed.status_message).toContain(`${registryUnreachable} can't be reached`);
  });

  it('when the registry wants a password and none was given', async () => {
    const { registryAuth } = testEnvironment();
    const failed = await running.wire.build(unique(), `${registryAuth}/sandbox-base:1`);
    expect(failed.status).toBe('failed');
    expect(failed.status_message).toContain(`${registryAuth} asks for a user name and a password`);
  });

  it('when the password is wrong, and works once it is corrected', async () => {
    const { registryAuth, registryUser, registryPassword } = testEnvironment();
    const name = `private-${unique()}`;
    const registry = await running.wire.expect<Registry>(201, 'POST', '/registries', {
      name,
      url: `http://${registryAuth}/`,
      username: registryUser,
      password: 'not-the-password',
    });
    const image = `${registryAuth}/sandbox-base:1`;
    const failed = await running.wire.build(unique(), image, { registry_id: registry.id });
    expect(failed.status).toBe('failed');
    expect(failed.status_message).toBe(
      `${registryAuth} refused the user name or password of registry ${name}.`,
    );
    await running.wire.expect(200, 'PATCH', `/registries/${name}`, { password: registryPassword });
    const ready = await running.wire.build(unique(), 'sandbox-base:1', { registry_id: registry.id });
    expect(ready).toMatchObject({ status: 'ready', registry_id: registry.id });
    expect(await view.hasImage(image)).toBe(false);
  });

  it('when the image is made for another platform', async () => {
    const image = `${testEnvironment().registryOpen}/${await pushFreshImage({ os: 'windows' })}`;
    const failed = await running.wire.build(unique(), image);
    expect(failed.status).toBe('failed');
    expect(failed.status_message).toContain('Choose an image for linux/');
    expect(await view.imagesOf([failed.id])).toEqual([]);
  });

  it('when the image does not fit the capacity', async () => {
    const failed = await running.wire.build(unique(), baseImage(), { fs_capacity_bytes: 1000 });
    expect(failed.status).toBe('failed');
    expect(failed.status_message).toMatch(/more than the capacity of 1000\. Choose at least \d+\./);
    expect(await view.imagesOf([failed.id])).toEqual([]);
  });
});

describe('a build is refused', () => {
  it.each([
    [{ name: 'Upper' }, 'A snapshot name has lower-case letters'],
    [{ name: 'system/mine' }, 'reserved'],
    [{ tag: '-x' }, 'A tag has at most 128'],
    [{ docker_image: 'no such image' }, 'docker_image is not an image name'],
    [{ fs_capacity_bytes: 0 }, 'must be more than 0'],
    [{ fs_capacity_bytes: undefined }, 'fs_capacity_bytes is required.'],
    [{ description: 'x'.repeat(1025) }, 'at most 1024'],
    [{ labels: { key: 5 } }, 'labels.key must be a text'],
  ])('with 422 for %j', async (change, reason) => {
    const request = { name: 'fine', docker_image: 'fine:1', fs_capacity_bytes: gibibyte, ...change };
    const answer = await running.wire.call('POST', '/snapshots', request);
    expect(answer.status).toBe(422);
    expect(answer.json).toMatchObject({
      detail: [{ loc: ['body', Object.keys(change)[0], ...(answer.text.includes('labels') ? ['key'] : [])] }],
    });
    expect(sentence(answer)).toContain(reason);
  });

  it('for a registry that is not there, and for an image of another registry', async () => {
    const request = { name: 'fine', docker_image: 'quay.io/team/app:1', fs_capacity_bytes: gibibyte };
    const unknown = await running.wire.call('POST', '/snapshots', { ...request, registry_id: 'nobody' });
    expect([unknown.status, sentence(unknown)]).toEqual([400, expect.stringContaining('no registry nobody')]);
    const name = unique();
    await running.wire.expect(201, 'POST', '/registries', { name, url: 'registry.example.com' });
    const other = await running.wire.call('POST', '/snapshots', { ...request, registry_id: name });
    expect([other.status, sentence(other)]).toEqual([400, expect.stringContaining('is on quay.io')]);
  });
});
