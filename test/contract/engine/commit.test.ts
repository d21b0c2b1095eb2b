import { once } from 'node:events';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CommitSpec } from '../../../src/local/engine/engine';
import { enginesUnderTest } from '../../engines';
import { commitSpec } from './fixture/commit-spec';
import { engineRoom, soon } from './fixture/engine-room';
import { busyboxFilesystem } from './fixture/root-filesystem';

/** What is committed here is large for a busy machine. */
const limits = { timeout: 180_000 };

describe.each(await enginesUnderTest())('a commit on $name', limits, ({ url }) => {
  const room = engineRoom(url);
  let image: string;

  beforeAll(async () => {
    const changes = ['ENTRYPOINT ["/bin/sh"]', 'CMD ["-l"]', 'ENV OF_IMAGE=1', 'VOLUME /data'];
    image = await room.image(await busyboxFilesystem(), changes);
  });

  it('holds the files of the running container, and neither /tmp nor processes', async () => {
    const id = await room.running(image);
    const script =
      'for d in /usr/local /root /opt /home/app /srv /var /tmp; do echo kept > $d/file; done; rm /etc/motd';
    await room.run(id, ['sh', '-c', script]);
    await room.run(id, ['sh', '-c', 'sleep 1000 > /dev/null 2>&1 &']);
    const copy = await room.running(await committed(id));
    const { stdout } = await room.run(copy, ['sh', '-c', 'ls -d /*/file /*/*/file; ls -A /tmp; ls /etc']);
    const kept = ['/home/app/file', '/opt/file', '/root/file', '/srv/file', '/usr/local/file', '/var/file'];
    expect(
      stdout
        .split('\n')
        .filter((line) => line.endsWith('/file'))
        .toSorted(),
    ).toEqual(kept);
    expect(stdout).not.toMatch(/of-the-image|motd/);
    expect((await room.run(copy, ['ps', '-o', 'args'])).stdout).not.toContain('sleep');
  });

  it('leaves the container running as it was', async () => {
    const id = await room.running(image);
    await room.run(id, ['touch', '/tmp/still-here']);
    await committed(id);
    expect(await room.run(id, ['ls', '/tmp'])).toMatchObject({ stdout: 'still-here\n' });
  });

  it('leaves it running when the engine hears late of the pause before', async () => {
    const id = await room.running(image);
    await room.run(id, ['dd', 'if=/dev/urandom', 'of=/opt/large', 'bs=1M', 'count=250']);
    await leavesOutputBehind(id);
    await room.engine.pauseContainer(id, soon());
    await room.engine.unpauseContainer(id, soon());
    await leavesOutputBehind(id);
    await committed(id);
    expect(await room.run(id, ['echo', 'up'])).toMatchObject({ stdout: 'up\n' });
    expect((await room.engine.inspectContainer(id, soon()))?.state).toBe('running');
  });

  it('works on a stopped container', async () => {
    const id = await room.running(image);
    await room.run(id, ['touch', '/opt/before']);
    await room.engine.stopContainer(id, 10, soon());
    const copy = await room.running(await committed(id));
    expect((await room.run(copy, ['ls', '/opt'])).stdout).toBe('before\n');
  });

  it('gives the image the configuration that was asked for, not the one of the container', async () => {
    const id = await room.running(image, {
      labels: { 'engine-test.box': 'x', other: 'y' },
      env: { SHARED: 'old' },
    });
    const name = await committed(id, {
      labels: { 'engine-test.box': '', 'engine-test.snapshot': 'a "b"' },
      env: { SHARED: 'new value', ADDED: 'a=b' },
      user: 'app',
      workDir: '/opt',
      entrypoint: ['/bin/busybox', 'sh'],
      cmd: ['-c', 'exit 7'],
    });
    const made = await room.engine.inspectImage(name, soon());
    expect(made).toMatchObject({
      user: 'app',
      workDir: '/opt',
      entrypoint: ['/bin/busybox', 'sh'],
      cmd: ['-c', 'exit 7'],
      labels: { 'engine-test.box': '', 'engine-test.snapshot': 'a "b"', other: 'y' },
    });
    expect(made!.env).toMatchObject({ OF_IMAGE: '1', SHARED: 'new value', ADDED: 'a=b' });
  });

  it('can have no entrypoint and no command, whatever the container has', async () => {
    const id = await room.running(image);
    const made = await room.engine.inspectImage(await committed(id), soon());
    expect(made).toMatchObject({ entrypoint: [], cmd: [] });
  });

  it('gives the id of the new image, and moves the name when there was one', async () => {
    const id = await room.running(image);
    const name = await committed(id);
    const before = (await room.engine.inspectImage(name, soon()))!.id;
    await room.run(id, ['touch', '/opt/later']);
    const second = await room.engine.commitContainer(id, commitSpec(name), soon());
    const now = await room.engine.inspectImage(name, soon());
    expect(now!.id.replace(/^sha256:/, '')).toBe(second.replace(/^sha256:/, ''));
    expect(now!.id).not.toBe(before);
    await room.engine.removeImage(before, soon());
  });

  it('of a container that boots from a commit works again, and the layers add up', async () => {
    let name = image;
    for (const generation of [1, 2, 3]) {
      const id = await room.running(name);
      await room.run(id, ['sh', '-c', `echo ${generation} >> /root/generations`]);
      name = await committed(id);
    }
    const last = await room.running(name);
    expect((await room.run(last, ['cat', '/root/generations'])).stdout).toBe('1\n2\n3\n');
    expect((await room.engine.inspectImage(name, soon()))!.layerCount).toBe(4);
  });

  it('of a container that is not there is refused', async () => {
    const refused = room.engine.commitContainer('engine-test-nowhere', commitSpec(room.imageName()), soon());
    await expect(refused).rejects.toMatchObject({ name: 'EngineError', kind: 'not-found' });
  });

  /** Its command has ended, and something that it left still has its output: Docker waits two seconds for that. */
  async function leavesOutputBehind(id: string): Promise<void> {
    const script = '(while [ -d /proc/$$ ]; do sleep 0.05; done; echo left; sleep 6) &';
    const { stdout, stderr } = await room.engine.exec(id, { command: ['sh', '-c', script] }, soon());
    stderr.resume();
    const told = await Promise.race([
      once(stdout, 'data').then(() => 'what is left'),
      once(stdout, 'end').then(() => 'the end'),
    ]);
    // Podman takes the end of the shell for the end of the output.
    if (room.engine.info.product === 'docker') expect(told).toBe('what is left');
    stdout.resume();
  }

  async function committed(id: string, spec: Partial<CommitSpec> = {}): Promise<string> {
    const name = room.imageName();
    await room.engine.commitContainer(id, { ...commitSpec(name), ...spec }, soon());
    return name;
  }
});
