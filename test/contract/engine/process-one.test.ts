import { json, text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../harness/until';
import { enginesUnderTest } from '../../engines';
import { engineRoom, soon } from './fixture/engine-room';
import { busyboxFilesystem, scratchFilesystem } from './fixture/root-filesystem';
import { tarOf } from './fixture/tar-files';

const graceNobodyWaits = 3600;

describe.each(await enginesUnderTest())('process 1 on $name', ({ url }) => {
  const room = engineRoom(url);
  let filesystem: Buffer;

  beforeAll(async () => {
    filesystem = await busyboxFilesystem();
  });

  it.each([
    ['that holds a single program', scratchFilesystem, [], ['/busybox', 'echo', 'works']],
    [
      'whose entrypoint would end at once',
      busyboxFilesystem,
      ['ENTRYPOINT ["/bin/false"]'],
      ['echo', 'works'],
    ],
    ['that runs as a user it does not have', busyboxFilesystem, ['USER nobody-there'], ['echo', 'works']],
    ['that runs as an ordinary user', busyboxFilesystem, ['USER app'], ['echo', 'works']],
  ] as const)('keeps a container of an image %s running', async (_, make, changes, command) => {
    const id = await room.running(await room.image(await make(), [...changes]));
    expect(await room.run(id, [...command])).toEqual({ stdout: 'works\n', stderr: '', exitCode: 0 });
    await room.engine.stopContainer(id, graceNobodyWaits, soon());
    expect((await room.engine.inspectContainer(id, soon()))?.state).toBe('exited');
  });

  it('reaps the orphans that commands leave behind', async () => {
    const id = await room.running(await room.image(filesystem));
    // The middle shell ends at once and orphans the inner one, which ends when it is told to.
    const script =
      'sh -c "sh -c \\"until test -e /opt/end; do sleep 0.05; done\\" > /dev/null 2>&1 & echo \\$!"';
    const orphan = (await room.run(id, ['sh', '-c', script])).stdout.trim();
    const parent = await room.run(id, ['sh', '-c', `cut -d' ' -f4 /proc/${orphan}/stat`]);
    expect(parent.stdout).toBe('1\n');
    await room.run(id, ['touch', '/opt/end']);
    await until('the orphan to be gone', async () => {
      const { exitCode } = await room.run(id, ['test', '-e', `/proc/${orphan}`]);
      return exitCode === 1 || undefined;
    });
  });

  it('is not ended by an ordinary user', async () => {
    const id = await room.running(await room.image(filesystem, ['USER app']));
    const killed = await room.run(id, { command: ['sh', '-c', 'kill -TERM 1; kill -KILL 1'], user: 'app' });
    expect(killed.exitCode).not.toBe(0);
    expect((await room.engine.inspectContainer(id, soon()))?.state).toBe('running');
  });

  it('is not bothered by a health check or a stop signal of the image', async () => {
    const image = await room.image(filesystem);
    const name = room.imageName();
    const dockerfile = `FROM ${image}\nHEALTHCHECK --interval=1s CMD true\nSTOPSIGNAL SIGUSR2\n`;
    const build = {
      method: 'POST',
      path: '/build',
      query: { t: name },
      tar: tarOf({ Dockerfile: dockerfile }),
    } as const;
    await text(await room.http.send(build, soon()));

    const id = await room.running(name);
    const reply = await room.http.send({ method: 'GET', path: `/containers/${id}/json` }, soon());
    const { State } = (await json(reply)) as { State: { Health?: { Status?: string } | null } };
    expect(State.Health?.Status ?? '').toBe('');
    await room.engine.stopContainer(id, graceNobodyWaits, soon());
    expect((await room.engine.inspectContainer(id, soon()))?.state).toBe('exited');
  });
});
