import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { enginesUnderTest } from '../../engines';
import { engineRoom, soon } from './fixture/engine-room';
import { busyboxFilesystem } from './fixture/root-filesystem';
import { filesIn, tarOf } from './fixture/tar-files';

describe.each(await enginesUnderTest())('/tmp on $name', ({ url }) => {
  const room = engineRoom(url);
  let image: string;

  beforeAll(async () => {
    image = await room.image(await busyboxFilesystem());
  });

  it('is in memory, empty, open to all users, and can hold programs', async () => {
    const id = await room.running(image);
    const mounted = await room.run(id, [
      'sh',
      '-c',
      "grep ' /tmp ' /proc/mounts; ls -A /tmp; stat -c %a /tmp",
    ]);
    expect(mounted.stdout).toMatch(/^tmpfs \/tmp tmpfs rw,\S+ 0 0\n1777\n$/);
    const script = 'printf "#!/bin/sh\\necho ran" > /tmp/it && chmod +x /tmp/it && /tmp/it';
    expect(await room.run(id, { command: ['sh', '-c', script], user: 'app' })).toMatchObject({
      stdout: 'ran\n',
    });
  });

  it('takes and gives archives while the container runs', async () => {
    const id = await room.running(image);
    await room.engine.putArchive(id, '/tmp', tarOf({ 'put.txt': 'from outside' }), soon());
    expect((await room.run(id, ['cat', '/tmp/put.txt'])).stdout).toBe('from outside');
    await room.run(id, ['sh', '-c', 'echo from inside > /tmp/made.txt']);
    expect(await room.engine.statPath(id, '/tmp/made.txt', soon())).toMatchObject({ sizeBytes: 12 });
    const files = await filesIn(await room.engine.getArchive(id, '/tmp/made.txt', soon()));
    expect(files).toEqual({ 'made.txt': 'from inside\n' });
  });

  it('is as large as half of the memory, and says when it is full', async () => {
    const memoryBytes = 64 * 1024 * 1024;
    const id = await room.running(image, { memoryBytes });
    expect((await room.run(id, ['sh', '-c', 'df -m /tmp | tail -n 1'])).stdout).toMatch(/^tmpfs +32 /);
    const tooMuch = tarOf({ large: 'x'.repeat(40 * 1024 * 1024) });
    await expect(room.engine.putArchive(id, '/tmp', tooMuch, soon())).rejects.toMatchObject({
      kind: 'disk-full',
    });
  });

  it('is empty after a restart', async () => {
    const id = await room.running(image);
    await room.run(id, ['touch', '/tmp/gone', '/root/kept']);
    await room.engine.stopContainer(id, 10, soon());
    await room.engine.startContainer(id, soon());
    expect((await room.run(id, ['ls', '-A', '/tmp', '/root'])).stdout).toBe('/root:\nkept\n\n/tmp:\n');
  });

  it('is not the same for two containers', async () => {
    const [one, two] = [await room.running(image), await room.running(image)];
    await room.run(one, ['touch', '/tmp/of-one']);
    const { stdout } = await room.engine.exec(two, { command: ['ls', '-A', '/tmp'] }, soon());
    expect(await text(stdout)).toBe('');
  });
});
