import { expect, it } from 'vitest';
import { version } from '../../../package.json';
import { testEnvironment } from '../../harness/env';
import { engineRoom } from '../engine/fixture/engine-room';
import { busyboxFilesystem } from '../engine/fixture/root-filesystem';
import { engineView } from './fixture/engine-view';
import { runningServer } from './fixture/running-server';

const running = runningServer();
const view = engineView();
const room = engineRoom(testEnvironment().engine);

it('about tells the server’s version and its engine', async () => {
  const { product, version: engineVersion, url } = view.engine.info;
  expect(await running.wire.expect(200, 'GET', '/local/v1/about')).toEqual({
    version,
    engine: { product, version: engineVersion, url },
  });
});

it('images are those of the engine, without our own', async () => {
  const image = await room.image(await busyboxFilesystem());
  const snapshot = await running.wire.build('images', image);
  const { items } = await running.wire.expect<{
    items: { reference: string; size_bytes: number; created_at: string }[];
  }>(200, 'GET', '/local/v1/images');
  const found = items.find(({ reference }) => reference === image);
  expect(found?.size_bytes).toBe(snapshot.fs_used_bytes);
  expect(Date.parse(found?.created_at ?? '')).not.toBeNaN();
  expect(items.filter(({ reference }) => reference.includes('langsmith-sandboxes/'))).toEqual([]);
});
