import { beforeAll, describe, expect, it } from 'vitest';
import { Readable } from 'node:stream';
import { enginesUnderTest } from '../../engines';
import { engineRoom, soon } from './fixture/engine-room';
import { busyboxFilesystem } from './fixture/root-filesystem';
import { filesIn, tarOf } from './fixture/tar-files';

describe.each(await enginesUnderTest())('archives on $name', ({ url }) => {
  const room = engineRoom(url);
  let id: string;

  beforeAll(async () => {
    id = await room.running(await room.image(await busyboxFilesystem()));
  });

  it('are unpacked with the owners, modes and folders they name', async () => {
    const attributes = { uid: 1000, gid: 1000, mode: 0o640 };
    await room.engine.putArchive(id, '/opt', tarOf({ 'put/deep/file': 'hello' }, attributes), soon());
    const { stdout } = await room.run(id, ['stat', '-c', '%u %g %a %s', '/opt/put/deep/file']);
    expect(stdout).toBe('1000 1000 640 5\n');
  });

  it('replace files, follow a link to a folder, and never replace a folder by a file', async () => {
    await room.run(id, [
      'sh',
      '-c',
      'mkdir -p /srv/folder/full && ln -s folder /srv/link && echo old > /srv/folder/f',
    ]);
    await room.engine.putArchive(id, '/srv/link', tarOf({ f: 'new' }), soon());
    expect((await room.run(id, ['cat', '/srv/folder/f'])).stdout).toBe('new');
    const refused = room.engine.putArchive(id, '/srv/folder', tarOf({ full: 'a file' }), soon());
    await expect(refused).rejects.toMatchObject({ name: 'EngineError', kind: 'conflict' });
    expect((await room.run(id, ['test', '-d', '/srv/folder/full'])).exitCode).toBe(0);
  });

  it('give a file, a folder with all in it, and what a link leads to', async () => {
    await room.run(id, [
      'sh',
      '-c',
      'mkdir -p /root/d/e; echo 1 > /root/d/1; echo 2 > /root/d/e/2; ln -s d/1 /root/l',
    ]);
    expect(await filesIn(await room.engine.getArchive(id, '/root/d/1', soon()))).toEqual({ '1': '1\n' });
    const folder = await filesIn(await room.engine.getArchive(id, '/root/d', soon()));
    expect(folder).toEqual({ 'd/1': '1\n', 'd/e/2': '2\n' });
    expect(Object.values(await filesIn(await room.engine.getArchive(id, '/root/l', soon())))).toEqual([
      '1\n',
    ]);
  });

  it('take every name for itself, and never for a pattern', async () => {
    const names = [
      '[id].tsx',
      'a*',
      '*',
      '**',
      '?',
      String.raw`\a`,
      String.raw`\[x]`,
      '[^a]*',
      '{a,b}',
      'ü *é',
    ];
    const decoys = ['i', 'i.tsx', 'a', 'ab', 'b', 'x', '[x]', 'ü xé'];
    await room.run(id, ['mkdir', '-p', '/srv/[dir] *', '/srv/d']);
    const files = Object.fromEntries([...names, ...decoys].map((name) => [name, `in ${name}`]));
    await room.engine.putArchive(id, '/srv/[dir] *', tarOf(files), soon());
    for (const [name, content] of Object.entries(files)) {
      const path = `/srv/[dir] */${name}`;
      const sizeBytes = Buffer.byteLength(content);
      expect(await room.engine.statPath(id, path, soon())).toMatchObject({ path, sizeBytes });
      expect(await filesIn(await room.engine.getArchive(id, path, soon()))).toEqual({ [name]: content });
    }
    for (const missing of ['[ab]', 'x*', '??', String.raw`\x`])
      expect(await room.engine.statPath(id, `/srv/[dir] */${missing}`, soon()), missing).toBeUndefined();
    const folder = await filesIn(await room.engine.getArchive(id, '/srv/[dir] *', soon()));
    expect(Object.keys(folder)).toHaveLength(names.length + decoys.length);
  });

  it('of a link are of where it leads, also to a name like a pattern; one named so is never told as a file', async () => {
    const script = `mkdir /srv/l && cd /srv/l && printf 12345 > '[t]*' && printf 1 > t && ln -s '[t]*' to && ln -s t '[l]*'`;
    await room.run(id, ['sh', '-c', script]);
    const led = { path: '/srv/l/[t]*', sizeBytes: 5, isSpecial: false };
    expect(await room.engine.statPath(id, '/srv/l/to', soon())).toMatchObject(led);
    expect(Object.values(await filesIn(await room.engine.getArchive(id, '/srv/l/to', soon())))).toEqual([
      '12345',
    ]);
    const odd = await room.engine.statPath(id, '/srv/l/[l]*', soon());
    expect(odd).toMatchObject(
      room.engine.info.product === 'podman' ? { isSpecial: true } : { path: '/srv/l/t', sizeBytes: 1 },
    );
  });

  it('of what is not there are refused', async () => {
    await room.run(id, ['sh', '-c', 'ln -s nowhere /root/dangling; touch /root/plain']);
    for (const path of ['/root/nothing', '/root/dangling', '/root/plain/below', '/no/such/folder']) {
      const get = room.engine.getArchive(id, path, soon());
      await expect(get, path).rejects.toMatchObject({ name: 'EngineError', kind: 'not-found' });
      expect(await room.engine.statPath(id, path, soon()), path).toBeUndefined();
    }
  });

  it('of a container that is not there are refused', async () => {
    const missing = { name: 'EngineError', kind: 'not-found' };
    await expect(room.engine.statPath('engine-test-nowhere', '/etc', soon())).rejects.toMatchObject(missing);
    await expect(room.engine.getArchive('engine-test-nowhere', '/etc', soon())).rejects.toMatchObject(
      missing,
    );
  });

  it('are described by size, kind, mode and time, through links', async () => {
    const script =
      'printf 12345 > /opt/five; chmod 4751 /opt/five; touch -d "2020-02-03 04:05:06" /opt/five; ln -s five /opt/also';
    await room.run(id, ['sh', '-c', script]);
    const file = {
      path: '/opt/five',
      sizeBytes: 5,
      isDirectory: false,
      isSpecial: false,
      mode: 0o4751,
      modifiedAt: new Date('2020-02-03T04:05:06Z'),
    };
    expect(await room.engine.statPath(id, '/opt/five', soon())).toEqual(file);
    expect(await room.engine.statPath(id, '/opt/also', soon())).toEqual(file);
    expect(await room.engine.statPath(id, '/tmp', soon())).toMatchObject({ isDirectory: true, mode: 0o1777 });
  });

  it('carry large files both ways unharmed', async () => {
    const megabytes = 24;
    await room.run(id, ['sh', '-c', `head -c ${megabytes}M /dev/urandom > /opt/large`]);
    const sum = (await room.run(id, ['sh', '-c', 'sha256sum < /opt/large'])).stdout;
    await room.engine.putArchive(id, '/tmp', await room.engine.getArchive(id, '/opt/large', soon()), soon());
    expect((await room.run(id, ['sh', '-c', 'sha256sum < /tmp/large'])).stdout).toBe(sum);
  });

  it('work on a stopped container, /tmp excepted', async () => {
    const stopped = await room.created(await room.image(await busyboxFilesystem()));
    await room.engine.putArchive(stopped, '/etc', tarOf({ motd: 'hi' }), soon());
    expect(await filesIn(await room.engine.getArchive(stopped, '/etc/motd', soon()))).toEqual({ motd: 'hi' });
  });

  it('end with the signal’s reason when it aborts in the middle', async () => {
    const reason = new Error('no longer wanted');
    const stopping = new AbortController();
    const held = new Readable({ read: () => queueMicrotask(() => stopping.abort(reason)) });
    await expect(room.engine.putArchive(id, '/opt', held, stopping.signal)).rejects.toBe(reason);
    const still = await room.engine.getArchive(id, '/etc/passwd', soon());
    expect(Object.keys(await filesIn(still))).toEqual(['passwd']);
  });

  it('that break off on our side reject with what broke them', async () => {
    const broken = new Error('the upload broke off');
    const tar = Readable.from(
      (async function* () {
        yield Buffer.alloc(512);
        await Promise.resolve();
        throw broken;
      })(),
    );
    await expect(room.engine.putArchive(id, '/opt', tar, soon())).rejects.toSatisfy(
      (error: Error) => error === broken || error.cause === broken,
    );
  });
});
