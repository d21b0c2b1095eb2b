import { describe, expect, it } from 'vitest';
import type { Box, Snapshot } from '../../../src/api/types';
import { until } from '../../harness/until';
import { runningServer } from './fixture/running-server';
import { baseImage, sentence } from './fixture/wire';

const byReference = '/snapshots/system%2Fdefault:latest';

describe('a server with a default image', () => {
  const running = runningServer({ args: ['--default-image', baseImage()] });

  it('builds the default snapshot for the first sandboxes without one, once, and boots them when it is built', async () => {
    const { wire } = running;
    expect((await wire.call('GET', byReference)).status).toBe(404);
    const [first, named] = await Promise.all([
      wire.expect<Box>(201, 'POST', '/boxes', {}),
      wire.boot({ snapshot: 'system/default' }),
    ]);
    expect(first.status).toBe('provisioning');
    const snapshot = await wire.expect<Snapshot>(200, 'GET', byReference);
    expect(snapshot).toMatchObject({ status: 'ready', name: 'system/default', docker_image: baseImage() });
    expect([first.snapshot_id, named.snapshot_id]).toEqual([snapshot.id, snapshot.id]);
    expect(await wire.boot({})).toMatchObject({ status: 'ready', snapshot_id: snapshot.id });
    const reply = await wire.execute(first.id, 'echo up');
    expect(reply.stdout).toBe('up\n');
  });

  it('lets nobody else make one', async () => {
    const { id } = await running.wire.boot({});
    const answer = await running.wire.call('POST', `/boxes/${id}/snapshot`, { name: 'system/default' });
    expect([answer.status, sentence(answer)]).toEqual([422, expect.stringContaining('reserved')]);
  });
});

describe('a server whose default image is nowhere', () => {
  const running = runningServer({ args: ['--default-image', '127.0.0.1:1/nothing:1'] });

  it('tells why of the sandbox, and tries again with the next one', async () => {
    const { wire } = running;
    const request = { name: 'waiting', wait_for_ready: true };
    const answer = await wire.call('POST', '/boxes', request);
    expect(answer.status).toBe(422);
    expect(sentence(answer)).toMatch(/system\/default failed: 127\.0\.0\.1:1/);
    expect(await wire.expect(200, 'GET', '/boxes/waiting')).toMatchObject({ status: 'failed' });
    const failed = await wire.expect<Snapshot>(200, 'GET', byReference);
    const next = await wire.expect<Box>(201, 'POST', '/boxes', {});
    expect(next.snapshot_id).not.toBe(failed.id);
    await until('it to fail', async () => {
      const { status } = await wire.expect<Box>(200, 'GET', `/boxes/${next.id}`);
      return status === 'failed' || undefined;
    });
  });
});
