import { beforeAll, expect, it } from 'vitest';
import { runningServer } from './fixture/running-server';
import { sentence } from './fixture/wire';

// A sandbox whose /tmp, half of its memory, is full.

const megabyte = 1024 * 1024;
const running = runningServer();
let box: string;

beforeAll(async () => {
  const { id } = await running.wire.build('full');
  box = (await running.wire.boot({ snapshot_id: id, mem_bytes: 16 * megabyte })).id;
});

it('an upload that does not fit into /tmp says so, leaves nothing of it there, and what lies beside it', async () => {
  const { wire } = running;
  expect((await wire.upload(box, '/tmp/beside', 'kept')).status).toBe(200);
  const refused = await wire.upload(box, '/tmp/in/large', new Uint8Array(12 * megabyte));
  expect([refused.status, refused.json['detail']]).toEqual([
    400,
    expect.objectContaining({
      error: 'WriteError',
      message: expect.stringMatching(
        /^\/tmp\/in\/large could not be written: no space is left in \/tmp, /,
      ) as string,
    }),
  ]);
  expect((await wire.execute(box, 'cat /tmp/beside; ls /tmp/in')).stdout).toBe('kept');
  expect((await wire.upload(box, '/tmp/in/small', 'fits')).status).toBe(200);
});

it('in a full /tmp commands run, an upload tells that what it was to replace is lost, and other folders take files', async () => {
  const { wire } = running;
  await wire.execute(box, 'echo old > /tmp/old');
  const filling = await wire.execute(box, 'cat /dev/zero > /tmp/filling; echo ran');
  expect(filling).toMatchObject({ stdout: 'ran\n', exit_code: 0 });
  expect(filling.stderr).toContain('No space left on device');
  const refused = await wire.upload(box, '/tmp/old', new Uint8Array(megabyte));
  expect([refused.status, sentence(refused)]).toEqual([
    400,
    expect.stringMatching(/no space is left in \/tmp, .* What it held before is lost\./),
  ]);
  expect((await wire.upload(box, '/root/file', 'elsewhere')).status).toBe(200);
  const after = await wire.execute(
    box,
    'stat -c %s /tmp/old; cat /root/file; rm /tmp/filling; echo x > /tmp/room',
  );
  expect(after).toMatchObject({ stdout: '0\nelsewhere', exit_code: 0 });
});
