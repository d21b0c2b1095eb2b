import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { downloadAll } from '../../../src/app/files/transfer/download-all';
import { uploadAll } from '../../../src/app/files/transfer/upload-all';
import { peakOf } from '../../harness/resident';
import { runningServer } from '../local/fixture/running-server';
import { unique } from '../local/fixture/wire';
import { boxFilesOn, type BoxFiles } from './fixture/box-files';

const megabytes = 200;
const mostMegabytes = 100;

const running = runningServer();
let box: BoxFiles;
let folder: string;
let id: string;

beforeAll(async () => {
  box = boxFilesOn(running.server);
  folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-large-'));
  const name = `large-${unique()}`;
  await running.wire.build(name);
  ({ id } = await running.wire.boot({ snapshot: name }));
});
afterAll(async () => {
  await box.close();
  await rm(folder, { recursive: true });
});

it('a file of hundreds of megabytes goes up and comes down whole, and neither side holds it', async () => {
  const sent = await largeFile(path.join(folder, 'large'));
  const run = { signal: new AbortController().signal, onStep: () => undefined };
  const ours = await peakOf(process.pid);
  const theirs = await peakOf(running.server.pid);

  await box.files.within(id, (place) => uploadAll(place, [path.join(folder, 'large')], '/srv', run));
  const { stdout } = await running.wire.execute(id, 'sha256sum /srv/large');
  expect(stdout.split(' ')[0]).toBe(sent);
  const back = { path: path.join(folder, 'back'), mayReplace: false };
  box.requests.length = 0;
  await box.files.within(id, (place) => downloadAll(place, '/srv/large', back, run));
  expect(await digestOf(back.path)).toBe(sent);
  // As from LangSmith: in ranges side by side.
  expect(box.requests.filter((each) => each === 'GET /download')).toHaveLength(4);

  expect(await ours()).toBeLessThan(mostMegabytes);
  expect(await theirs()).toBeLessThan(mostMegabytes);
});

/** No megabyte of it is like another. Gives its digest. */
async function largeFile(file: string): Promise<string> {
  await using written = await open(file, 'wx');
  const hash = createHash('sha256');
  const piece = Buffer.alloc(1024 * 1024);
  for (let at = 0; at < megabytes; at++) {
    piece.fill(`${at} `);
    hash.update(piece);
    await written.write(piece);
  }
  return hash.digest('hex');
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
