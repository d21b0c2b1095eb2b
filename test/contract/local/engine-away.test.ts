import net from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Box, BoxList, Snapshot } from '../../../src/api/types';
import { testEnvironment } from '../../harness/env';
import { forgetLocalServer, startLocalServer } from '../../harness/local-server';
import { until } from '../../harness/until';
import { emptyServer } from './fixture/empty-server';
import { gibibyte, sentence, unique, wireOf } from './fixture/wire';

interface Line {
  url: string;
  cut(): void;
  mend(): Promise<void>;
}

/** A line to the test engine that can be cut, as when the engine is stopped. */
async function lineToEngine(): Promise<Line> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'line-'));
  const file = path.join(folder, 'engine.sock');
  const open = new Set<net.Socket>();
  const carry = (near: net.Socket): void => {
    const far = net.connect(new URL(testEnvironment().engine).pathname);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => open.delete(one));
      one.pipe(other);
    }
  };
  let server = net.createServer(carry);
  const mend = async (): Promise<void> => {
    server = net.createServer(carry);
    await new Promise<void>((resolve) => server.listen(file, resolve));
  };
  const cut = (): void => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  await mend();
  onTestFinished(async () => {
    cut();
    await rm(folder, { recursive: true, force: true });
  });
  return { url: `unix://${file}`, cut, mend };
}

it('while the engine is away the lists stay and say so, calls fail with that reason, and all is well again after', async () => {
  const line = await lineToEngine();
  const server = await startLocalServer({ engine: line.url });
  const wire = wireOf(server);
  const snapshot = await wire.build('away/base');
  const box = await wire.boot({ snapshot_id: snapshot.id });

  line.cut();
  const old = await until('the list to say that the engine is away', async () => {
    const { items } = await wire.expect<BoxList>(200, 'GET', '/boxes');
    return items?.[0]?.status_message ? items[0] : undefined;
  });
  expect(old).toMatchObject({ id: box.id, status: 'ready' });
  expect(old.status_message).toContain('The container engine does not answer');
  const refused = await wire.call('POST', `/boxes/${box.id}/stop`);
  expect([refused.status, sentence(refused)]).toEqual([503, expect.stringContaining('does not answer')]);
  const kept = await wire.call('DELETE', `/boxes/${box.id}`);
  expect(kept.status).toBe(503);
  const creation = await wire.call('POST', '/boxes', { snapshot_id: snapshot.id, wait_for_ready: true });
  expect([creation.status, creation.json]).toMatchObject([422, { detail: { error: 'Unschedulable' } }]);
  const request = { name: unique(), docker_image: 'a.example.com/b:1', fs_capacity_bytes: gibibyte };
  const failed = await wire.settled((await wire.expect<Snapshot>(201, 'POST', '/snapshots', request)).id);
  expect(failed.status_message).toContain('The container engine does not answer');

  await line.mend();
  await until('the sandbox to be ready again', async () => {
    const now = await wire.expect<Box>(200, 'GET', `/boxes/${box.id}`);
    return (now.status === 'ready' && now.status_message === null) || undefined;
  });
  expect((await wire.execute(box.id, 'echo up')).stdout).toBe('up\n');
  await emptyServer(wire);
  await server.stop();
  await forgetLocalServer(server);
});
