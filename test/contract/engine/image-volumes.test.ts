import { beforeAll, describe, expect, it } from 'vitest';
import { enginesUnderTest } from '../../engines';
import { commitSpec } from './fixture/commit-spec';
import { engineRoom, soon, unique } from './fixture/engine-room';
import { busyboxFilesystem } from './fixture/root-filesystem';

describe.each(await enginesUnderTest())('an image with volumes on $name', ({ url }) => {
  const room = engineRoom(url);
  let image: string;

  beforeAll(async () => {
    image = await room.image(await busyboxFilesystem(), [
      'VOLUME /srv',
      'ENV KEPT=1',
      'CMD ["sh"]',
      'USER app',
    ]);
  });

  it('loses what lies in them when it is committed', async () => {
    expect(await srvAfterCommit(image)).toBe('');
  });

  it('has a twin without volumes, whose commits hold it all', async ({ skip }) => {
    skip(room.engine.info.product === 'podman', 'Podman can not be told');
    const twin = room.imageName();
    await room.engine.tagWithoutVolumes(image, ...repositoryAndTag(twin), soon());
    const [before, after] = [
      await room.engine.inspectImage(image, soon()),
      await room.engine.inspectImage(twin, soon()),
    ];
    expect(before!.volumes).toEqual(['/srv']);
    expect(after).toEqual({ ...before, id: after!.id, references: [twin], volumes: [] });
    expect(await srvAfterCommit(twin)).toBe('in-volume\n');
  });

  it('says so where the engine can not, or has no such image', async () => {
    const { product } = room.engine.info;
    const missing = room.engine.tagWithoutVolumes(
      `localhost/engine-test-${unique()}:1`,
      'localhost/x',
      '1',
      soon(),
    );
    await expect(missing).rejects.toMatchObject({ kind: product === 'docker' ? 'not-found' : 'other' });
  });

  async function srvAfterCommit(of: string): Promise<string> {
    const id = await room.running(of);
    await room.run(id, ['touch', '/srv/in-volume']);
    const name = room.imageName();
    await room.engine.commitContainer(id, commitSpec(name), soon());
    return (await room.run(await room.running(name), ['ls', '/srv'])).stdout;
  }

  function repositoryAndTag(name: string): [string, string] {
    const colon = name.lastIndexOf(':');
    return [name.slice(0, colon), name.slice(colon + 1)];
  }
});
