import { beforeAll, describe, expect, it } from 'vitest';
import { enginesUnderTest } from '../../engines';
import { engineRoom, soon, unique } from './fixture/engine-room';
import { scratchFilesystem } from './fixture/root-filesystem';

describe.each(await enginesUnderTest())('images on $name', ({ url }) => {
  const room = engineRoom(url);
  let filesystem: Buffer;

  beforeAll(async () => {
    filesystem = await scratchFilesystem();
  });

  it('are described with platform, size and run configuration', async () => {
    const name = await room.image(filesystem, [
      'ENV GREETING="hello world"',
      'ENTRYPOINT ["/busybox"]',
      'CMD ["echo", "hi"]',
      'WORKDIR /srv',
      'USER 1000:1000',
      'LABEL maker=test',
      'VOLUME /data',
    ]);
    const image = await room.engine.inspectImage(name, soon());
    expect(image).toMatchObject({
      references: [name],
      os: 'linux',
      architecture: room.engine.info.architecture,
      layerCount: 1,
      user: '1000:1000',
      workDir: '/srv',
      entrypoint: ['/busybox'],
      cmd: ['echo', 'hi'],
      labels: { maker: 'test' },
      volumes: ['/data'],
    });
    expect(image!.id).toMatch(/^(?:sha256:)?[0-9a-f]{64}$/);
    expect(image!.env['GREETING']).toBe('hello world');
    expect(image!.sizeBytes).toBeGreaterThan(1_000_000);
    expect((await room.engine.inspectImage(image!.id, soon()))?.id).toBe(image!.id);
  });

  it('that never were in a registry have no digest', async () => {
    const name = await room.image(filesystem);
    expect((await room.engine.inspectImage(name, soon()))?.digest).toBeUndefined();
  });

  it('are listed with their names, size and age', async () => {
    const name = await room.image(filesystem);
    const listed = (await room.engine.listImages(soon())).find(({ references }) => references.includes(name));
    expect(listed?.id).toBe((await room.engine.inspectImage(name, soon()))!.id);
    expect(listed!.sizeBytes).toBeGreaterThan(1_000_000);
    expect(listed!.createdAt.getUTCFullYear()).toBeGreaterThan(2000);
  });

  it('lose one name at a time, and go with the last', async () => {
    const first = await room.image(filesystem);
    const second = room.imageName();
    const [, repository, tag] = /^(.*):(.*)$/.exec(second)!;
    await room.engine.tagImage(first, repository!, tag!, soon());
    const image = await room.engine.inspectImage(second, soon());
    expect(image!.references.toSorted()).toEqual([first, second].toSorted());

    await room.engine.removeImage(first, soon());
    expect((await room.engine.inspectImage(image!.id, soon()))!.references).toEqual([second]);
    await room.engine.removeImage(second, soon());
    expect(await room.engine.inspectImage(image!.id, soon())).toBeUndefined();
  });

  it('that the engine does not have are undefined, need no removal, and can not be tagged', async () => {
    const name = `localhost/engine-test-${unique()}:1`;
    expect(await room.engine.inspectImage(name, soon())).toBeUndefined();
    await room.engine.removeImage(name, soon());
    const tagged = room.engine.tagImage(name, `localhost/engine-test-${unique()}`, '1', soon());
    await expect(tagged).rejects.toMatchObject({ name: 'EngineError', kind: 'not-found' });
  });

  it.each(['created', 'running'] as const)('that a %s container needs stay', async (state) => {
    const name = await room.image(filesystem);
    await room[state](name);
    await expect(room.engine.removeImage(name, soon())).rejects.toMatchObject({ kind: 'conflict' });
    expect((await room.engine.inspectImage(name, soon()))?.references).toEqual([name]);
  });
});
