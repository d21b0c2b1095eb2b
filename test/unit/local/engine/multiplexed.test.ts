import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { demultiplexed } from '../../../../src/local/engine/multiplexed';

function frame(stream: number, payload: string): Buffer {
  const header = Buffer.alloc(8);
  header[0] = stream;
  header.writeUInt32BE(Buffer.byteLength(payload), 4);
  return Buffer.concat([header, Buffer.from(payload)]);
}

async function take(chunks: Buffer[]): Promise<Record<'stdout' | 'stderr', string>> {
  const taken = { stdout: '', stderr: '' };
  for await (const { stream, bytes } of demultiplexed(Readable.from(chunks)))
    taken[stream] += bytes.toString();
  return taken;
}

const output = Buffer.concat([
  frame(1, 'one'),
  frame(2, 'two'),
  frame(1, ''),
  frame(1, ' three'),
  frame(2, ''),
]);

it('output that comes at once is taken apart', async () => {
  expect(await take([output])).toEqual({ stdout: 'one three', stderr: 'two' });
});

it('output is taken apart wherever its chunks end', async () => {
  for (let size = 1; size <= output.length; size += 1) {
    const chunks = Array.from({ length: Math.ceil(output.length / size) }, (_, at) =>
      output.subarray(at * size, (at + 1) * size),
    );
    expect(await take(chunks), `chunks of ${size}`).toEqual({ stdout: 'one three', stderr: 'two' });
  }
});

it('no output at all is fine', async () => {
  expect(await take([])).toEqual({ stdout: '', stderr: '' });
});

it.each([3, 8, 9])('output that breaks off after %i bytes is an error', async (length) => {
  await expect(take([frame(1, 'cut off').subarray(0, length)])).rejects.toThrow('cut off');
});
