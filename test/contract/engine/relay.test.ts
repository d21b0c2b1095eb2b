import { once } from 'node:events';
import { buffer, text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDialer, type Dialer } from '../../../src/local/dial/dialer';
import { openProgram } from '../../../src/local/open-program';
import { PortRefused } from '../../../src/local/dial/relay-connection';
import { enginesUnderTest } from '../../engines';
import { until } from '../../harness/until';
import { engineRoom, soon } from './fixture/engine-room';
import { busyboxFilesystem } from './fixture/root-filesystem';

const port = 7000;

describe.each(await enginesUnderTest())('the relay on $name', ({ url }) => {
  const room = engineRoom(url);
  let container: string;
  let dialer: Dialer;

  beforeAll(async () => {
    container = await room.running(await room.image(await busyboxFilesystem()));
    await room.run(container, [
      'sh',
      '-c',
      `nc -ll -p ${port} -e cat </dev/null >/dev/null 2>&1 & sleep 0.1`,
    ]);
    dialer = createDialer((id, signal) => openProgram(room.engine, id, { program: 'relay' }, signal));
    return () => dialer.close();
  });

  const relays = async (): Promise<string> =>
    (await room.run(container, ['sh', '-c', 'ps | grep -c "[r]elay-1"; true'])).stdout.trim();

  it('carries megabytes to a port that nobody published, and back', async () => {
    const connection = await dialer.dial(container, port, soon());
    const bytes = Buffer.alloc(2 * 1024 * 1024, 'abcdefg');
    const back = buffer(connection);
    connection.end(bytes);
    expect((await back).equals(bytes)).toBe(true);
  });

  it('serves the next connection as well, and tells where nothing listens', async () => {
    const before = await relays();
    await expect(dialer.dial(container, 7999, soon())).rejects.toThrow(PortRefused);
    const connection = await dialer.dial(container, port, soon());
    connection.end('again');
    expect(await text(connection)).toBe('again');
    expect(await relays()).toBe(before);
  });

  it('ends in the sandbox with a connection that is given up', async () => {
    const connection = await dialer.dial(container, port, soon());
    connection.write('x');
    await once(connection, 'data');
    connection.destroy();
    dialer.close();
    await until('the relays to be gone', async () => (await relays()) === '0' || undefined);
  });

  it('is laid into a container that was made without one', async () => {
    const gone = await room.run(container, ['rm', '/.langsmith-sandbox/relay-1']);
    expect(gone.exitCode).toBe(0);
    const connection = await dialer.dial(container, port, soon());
    connection.end('laid');
    expect(await text(connection)).toBe('laid');
  });

  it('is told of a container that does not run', async () => {
    const stopped = await room.created(await room.image(await busyboxFilesystem()));
    await expect(dialer.dial(stopped, port, soon())).rejects.toMatchObject({ kind: 'conflict' });
  });
});
