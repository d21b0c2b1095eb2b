import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request, type ClientRequest } from 'node:http';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { testEnvironment } from '../../harness/env';
import { until } from '../../harness/until';
import { engineRoom } from '../engine/fixture/engine-room';
import { busyboxFilesystem } from '../engine/fixture/root-filesystem';
import { runningServer } from './fixture/running-server';
import { mountSmall } from './fixture/small-folder';
import { sentence } from './fixture/wire';

const running = runningServer();
const room = engineRoom(testEnvironment().engine);
const mebibyte = 1024 * 1024;
let box: string;

beforeAll(async () => {
  const image = await room.image(await busyboxFilesystem());
  box = (await running.wire.boot({ snapshot_id: (await running.wire.build('cut-off', image)).id })).id;
});

const run = async (command: string): Promise<string> => (await running.wire.execute(box, command)).stdout;
const spool = (): string => path.join(running.server.dataDir, 'spool');
const isSpoolEmpty = async (): Promise<true | undefined> =>
  (await readdir(spool())).length === 0 || undefined;

/** An upload that has sent its head and so many bytes, and does not end. */
function beginUpload(target: string, bytes: Buffer): ClientRequest {
  const { endpoint, apiKey } = running.server;
  const upload = request(`${endpoint}/v2/sandboxes/${box}/upload?path=${encodeURIComponent(target)}`, {
    method: 'POST',
    headers: { 'X-Api-Key': apiKey, 'content-type': 'multipart/form-data; boundary=b' },
  });
  upload.on('error', () => undefined);
  upload.write('--b\r\ncontent-disposition: form-data; name="file"; filename="file"\r\n\r\n');
  upload.write(bytes);
  return upload;
}

it.each(['/opt/there', '/opt/not/there'])(
  'an upload to %s that breaks off changes nothing',
  async (target) => {
    await run('echo old > /opt/there');
    const upload = beginUpload(target, randomBytes(3 * mebibyte));
    await until('some of it to arrive', async () => (await readdir(spool())).length > 0 || undefined);
    upload.destroy();
    await until('the rest of it to go', isSpoolEmpty);
    expect(await run('cat /opt/there; ls /opt')).toBe('old\nthere\n');
  },
);

it('an upload that the server’s own disk can’t hold is refused with the reason, and leaves nothing', async ({
  skip,
}) => {
  if (!mountSmall(spool())) skip('mounting a file system that is soon full takes root');
  const answer = await running.wire.upload(box, '/opt/large', randomBytes(8 * mebibyte));
  expect([answer.status, sentence(answer)]).toEqual([400, expect.stringContaining('No space is left')]);
  await until('what was written to go', isSpoolEmpty);
  expect(await run('ls /opt/large 2>&1 | grep -c "No such file"')).toBe('1\n');
  expect((await running.wire.upload(box, '/opt/small', 'fits')).status).toBe(200);
});

it('a download that its reader leaves half-way ends, and the sandbox serves the next one', async () => {
  await run('dd if=/dev/zero of=/opt/zeros bs=1M count=64 2>/dev/null');
  for (let index = 0; index < 5; index++) {
    const response = await running.wire.download(box, '/opt/zeros');
    const reader = response.body!.getReader();
    expect((await reader.read()).done).toBe(false);
    await reader.cancel();
  }
  expect((await (await running.wire.download(box, '/opt/there')).text()).trim()).toBe('old');
});

it('a search whose caller goes away is ended in the sandbox', async () => {
  await run('mkdir -p /srv/endless && truncate -s 400G /srv/endless/file');
  const controller = new AbortController();
  const gone = fetch(`${running.server.endpoint}/v2/sandboxes/${box}/grep`, {
    method: 'POST',
    headers: { 'X-Api-Key': running.server.apiKey },
    body: JSON.stringify({ pattern: 'needle', path: '/srv/endless' }),
    signal: controller.signal,
  }).catch(() => 'gone');
  const searchers = async (): Promise<number> => Number(await run('ps | grep -c "[/]srv/endless"'));
  await until('the search to run', async () => (await searchers()) > 0 || undefined);
  controller.abort();
  expect(await gone).toBe('gone');
  await until('the search to end', async () => (await searchers()) === 0 || undefined);
});
