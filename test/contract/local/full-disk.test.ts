import { expect, it, onTestFinished } from 'vitest';
import type { Snapshot } from '../../../src/api/types';
import { engineAddress } from '../../../src/local/engine/address';
import { connectEngine } from '../../../src/local/engine/connect';
import { testEnvironment } from '../../harness/env';
import { forgetLocalServer, startLocalServer } from '../../harness/local-server';
import { emptyServer } from './fixture/empty-server';
import { soon } from './fixture/engine-view';
import { smallEngineAbsent, startSmallEngine } from './fixture/small-engine';
import { gibibyte, sentence, unique, wireOf } from './fixture/wire';

const megabyte = 1_000_000;

it(
  'on an engine whose disk is full each work says to make room there, leaves nothing, and goes on once there is some',
  {
    timeout: 180_000,
  },
  async ({ skip }) => {
    const absent = smallEngineAbsent();
    if (absent) skip(absent);
    const small = await startSmallEngine();
    onTestFinished(() => small.stop());
    // Without spares: one made earlier boots on a full disk.
    const server = await startLocalServer({ engine: small.url, spares: false });
    onTestFinished(async () => {
      await server.stop();
      await forgetLocalServer(server);
    });
    const wire = wireOf(server);
    const snapshot = await wire.build('full-disk');
    const { id } = await wire.boot({ snapshot_id: snapshot.id });
    await wire.execute(id, `echo old > /root/old; head -c ${3 * megabyte} /dev/urandom > /root/three`);
    const capture = async (): Promise<Snapshot> =>
      wire.settled(
        (await wire.expect<Snapshot>(201, 'POST', `/boxes/${id}/snapshot`, { name: unique() })).id,
      );
    const build = async (): Promise<Snapshot> => {
      const image = `${testEnvironment().registryOpen}/sandbox-big:1`;
      const request = { name: unique(), docker_image: image, fs_capacity_bytes: gibibyte };
      return wire.settled((await wire.expect<Snapshot>(201, 'POST', '/snapshots', request)).id);
    };
    const upload = (file: string): ReturnType<typeof wire.upload> =>
      wire.upload(id, file, new Uint8Array(2 * megabyte));
    const full = /^The container engine's disk is full\. Free some space there and (?:build|capture) again: /;

    small.fill(megabyte);
    for (const work of [build, capture]) {
      expect(await work()).toMatchObject({
        status: 'failed',
        status_message: expect.stringMatching(full) as string,
      });
    }
    for (const [file, fate] of [
      ['/root/new', ''],
      ['/root/old', ' What it held before is lost.'],
    ] as const) {
      const refused = await upload(file);
      const reason = `no space is left on the container engine's disk. Free some there.${fate}`;
      expect([refused.status, sentence(refused)]).toEqual([400, `${file} could not be written: ${reason}`]);
    }
    const filling = 'echo ran; cat /dev/zero > /root/filling || echo full; rm /root/filling; ls /root';
    expect((await wire.execute(id, filling)).stdout).toBe('ran\nfull\nold\nthree\n');

    small.free();
    expect((await upload('/root/new')).status).toBe(200);
    expect((await wire.execute(id, 'stat -c %s /root/three /root/new')).stdout).toBe('3000000\n2000000\n');
    for (const work of [build, capture]) expect(await work()).toMatchObject({ status: 'ready' });

    await emptyServer(wire);
    const engine = await connectEngine(engineAddress(small.url), soon());
    onTestFinished(() => engine.close());
    expect(await engine.listImages(soon())).toEqual([]);
  },
);
