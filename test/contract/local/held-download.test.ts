import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { Box, Snapshot } from '../../../src/api/types';
import { testEnvironment } from '../../harness/env';
import { until } from '../../harness/until';
import { engineRoom } from '../engine/fixture/engine-room';
import { busyboxFilesystem } from '../engine/fixture/root-filesystem';
import { runningServer } from './fixture/running-server';
import { mountSmall } from './fixture/small-folder';
import { unique } from './fixture/wire';
import { open } from './services/fixture/request';

// Somebody downloads a large file and takes nothing of it: nobody else who uses the sandbox waits for that.

const running = runningServer();
const room = engineRoom(testEnvironment().engine);
/** More than what waits between a file and a reader who takes nothing. */
const fileBytes = 80_000_000;
let box: Box;
let sum: string;

beforeAll(async () => {
  const image = await room.image(await busyboxFilesystem());
  box = await running.wire.boot({ snapshot_id: (await running.wire.build('held', image)).id });
  const fill = `yes held | head -c ${fileBytes} > /root/large; sha256sum /root/large`;
  sum = (await running.wire.execute(box.id, fill)).stdout.slice(0, 64);
});

const spooled = (): Promise<string[]> => readdir(path.join(running.server.dataDir, 'spool'));
const download = (headers = {}): Promise<IncomingMessage> =>
  open(`${running.server.endpoint}/v2/sandboxes/${box.id}/download?path=/root/large`, {
    'X-Api-Key': running.server.apiKey,
    ...headers,
  });

it('commands, files and captures go on, and the download comes whole in the end', async () => {
  const held = await download();
  expect((await running.wire.execute(box.id, 'echo on')).stdout).toBe('on\n');
  await running.wire.upload(box.id, '/root/other', 'another file');
  expect(await (await running.wire.download(box.id, '/root/other')).text()).toBe('another file');
  const request = { name: `held/${unique()}` };
  const { id } = await running.wire.expect<Snapshot>(201, 'POST', `/boxes/${box.id}/snapshot`, request);
  expect(await running.wire.settled(id)).toMatchObject({ status: 'ready' });

  const hash = createHash('sha256');
  for await (const part of held) hash.update(part as Buffer);
  expect(hash.digest('hex')).toBe(sum);
  await until('nothing to be left', async () => (await spooled()).length === 0 || undefined);
});

it('one who leaves instead, or asked for a part, leaves nothing behind', async () => {
  const [left, part] = [await download(), await download({ Range: `bytes=10-${fileBytes - 11}` })];
  await until('both to be held', async () => (await spooled()).length === 2 || undefined);
  left.destroy();
  let length = 0;
  for await (const bytes of part) length += (bytes as Buffer).length;
  expect([part.statusCode, length]).toEqual([206, fileBytes - 20]);
  await until('nothing to be left', async () => (await spooled()).length === 0 || undefined);
});

it('where the server’s disk has no room to spare it stays with its reader, and comes whole', async ({
  skip,
}) => {
  const folder = path.join(running.server.dataDir, 'spool');
  if (!mountSmall(folder)) skip('mounting a file system that is soon full takes root');
  const held = await download();
  await until('the server to try', async () => (await spooled()).length === 1 || undefined);
  const hash = createHash('sha256');
  for await (const part of held) hash.update(part as Buffer);
  expect(hash.digest('hex')).toBe(sum);
  await until('nothing to be left', async () => (await spooled()).length === 0 || undefined);
});

it('a stop waits for it as little', async () => {
  const held = await download();
  await running.wire.expect(204, 'POST', `/boxes/${box.id}/stop`);
  await new Promise((resolve) =>
    held
      .resume()
      .on('error', () => undefined)
      .once('close', resolve),
  );
  await until('nothing to be left', async () => (await spooled()).length === 0 || undefined);
});
