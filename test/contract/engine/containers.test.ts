import { json } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { enginesUnderTest } from '../../engines';
import { engineRoom, soon, unique } from './fixture/engine-room';
import { busyboxFilesystem } from './fixture/root-filesystem';

/** Stops that waited it out would run into the tests' limit. */
const graceNobodyWaits = 3600;
const mebibyte = 1024 * 1024;

describe.each(await enginesUnderTest())('containers on $name', ({ url }) => {
  const room = engineRoom(url);
  let filesystem: Buffer;
  let image: string;

  beforeAll(async () => {
    filesystem = await busyboxFilesystem();
    image = await room.image(filesystem, ['ENV FROM_IMAGE=1', 'WORKDIR /srv']);
  });

  it('are created, run, stop and run again', async () => {
    const stateOf = async (id: string) => (await room.engine.inspectContainer(id, soon()))?.state;
    const id = await room.created(image);
    expect(await stateOf(id)).toBe('created');
    await room.engine.startContainer(id, soon());
    expect(await stateOf(id)).toBe('running');
    await room.engine.startContainer(id, soon());
    await room.run(id, ['sh', '-c', 'echo kept > /opt/file']);
    await room.engine.stopContainer(id, graceNobodyWaits, soon());
    expect(await stateOf(id)).toBe('exited');
    await room.engine.stopContainer(id, graceNobodyWaits, soon());
    await room.engine.startContainer(id, soon());
    expect(await room.run(id, ['cat', '/opt/file'])).toMatchObject({ stdout: 'kept\n', exitCode: 0 });
  });

  it('are found by their label, running or not', async () => {
    const label = `engine-test.${unique()}`;
    const one = await room.created(image, { labels: { [label]: 'mine', other: 'x' } });
    const two = await room.running(image, { labels: { [label]: 'mine' } });
    await room.created(image, { labels: { [label]: 'theirs' } });
    const found = await room.engine.listContainers(label, 'mine', soon());
    expect(found.map(({ id }) => id).toSorted()).toEqual([one, two].toSorted());
    const inspected = await room.engine.inspectContainer(one, soon());
    expect(found.find(({ id }) => id === one)).toEqual(inspected);
    expect(inspected).toMatchObject({ state: 'created', labels: { [label]: 'mine', other: 'x' } });
    expect(inspected!.imageId).toBe((await room.engine.inspectImage(image, soon()))!.id);
  });

  it('bear their name, which no other can have', async () => {
    const name = `engine-test-${unique()}`;
    const id = await room.created(image, { name });
    expect(await room.engine.inspectContainer(name, soon())).toMatchObject({ id, name });
    await expect(room.created(image, { name })).rejects.toMatchObject({
      name: 'EngineError',
      kind: 'conflict',
    });
  });

  it('have the environment of the image and their own, and the folder of the image', async () => {
    const id = await room.running(image, { env: { OF_ITS_OWN: 'a=b c' } });
    const { stdout } = await room.run(id, ['sh', '-c', 'echo "$FROM_IMAGE $OF_ITS_OWN $PWD"']);
    expect(stdout).toBe('1 a=b c /srv\n');
  });

  it('have the processors and the memory they were given', async () => {
    const memoryBytes = 64 * 1024 * 1024;
    const id = await room.running(image, { cpuMillicores: 500, memoryBytes });
    const limits = await rawHostConfig(id);
    expect(limits).toMatchObject({ NanoCpus: 500_000_000, Memory: memoryBytes, MemorySwap: memoryBytes });
  });

  it('have other limits once these are changed, while they run and while they are paused', async ({
    skip,
  }) => {
    skip(!room.engine.info.hasCgroups, 'this engine has no control groups');
    expect(room.engine.info.changesLimits).toBe(true);
    const id = await room.running(image, { memoryBytes: 64 * mebibyte });
    const memory = 'cat /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes 2>/dev/null';
    const memoryOf = async () => Number((await room.run(id, ['sh', '-c', memory])).stdout);
    await room.engine.changeLimits(id, { memoryBytes: 96 * mebibyte, cpuMillicores: 500 }, soon());
    expect(await memoryOf()).toBe(96 * mebibyte);
    await room.engine.pauseContainer(id, soon());
    await room.engine.changeLimits(id, { memoryBytes: 48 * mebibyte }, soon());
    await room.engine.unpauseContainer(id, soon());
    expect(await memoryOf()).toBe(48 * mebibyte);
    await room.engine.changeLimits(id, {}, soon());
    expect(await memoryOf()).toBe(48 * mebibyte);
  });

  it('that ask for more processors than there are get them all', async () => {
    const id = await room.running(image, { cpuMillicores: 4096_000 });
    expect(await rawHostConfig(id)).toMatchObject({ NanoCpus: room.engine.info.cpus * 1_000_000_000 });
  });

  it('are not created without their image', async () => {
    const created = room.created(`localhost/engine-test-${unique()}:1`);
    await expect(created).rejects.toMatchObject({ name: 'EngineError', kind: 'not-found' });
  });

  it('leave nothing behind when they are removed while they run', async () => {
    const id = await room.running(image);
    const volumes = (await raw(id)).Mounts.flatMap(({ Name }) => (Name ? [Name] : []));
    await room.engine.removeContainer(id, soon());
    expect(await room.engine.inspectContainer(id, soon())).toBeUndefined();
    const left = await room.http.send({ method: 'GET', path: '/volumes' }, soon());
    const { Volumes } = (await json(left)) as { Volumes: { Name: string }[] | null };
    expect((Volumes ?? []).filter(({ Name }) => volumes.includes(Name))).toEqual([]);
    await room.engine.removeContainer(id, soon());
  });

  it('can be removed by two at the same time', async () => {
    const id = await room.running(image);
    await Promise.all([room.engine.removeContainer(id, soon()), room.engine.removeContainer(id, soon())]);
    expect(await room.engine.inspectContainer(id, soon())).toBeUndefined();
  });

  interface RawContainer {
    HostConfig: Record<string, unknown>;
    Mounts: { Name?: string }[];
  }

  async function raw(id: string): Promise<RawContainer> {
    const reply = await room.http.send({ method: 'GET', path: `/containers/${id}/json` }, soon());
    return (await json(reply)) as RawContainer;
  }

  async function rawHostConfig(id: string): Promise<Record<string, unknown>> {
    return (await raw(id)).HostConfig;
  }
});
