import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { jsonLines } from '../../../../../src/local/engine/http/json-lines';

const shape = z.object({ status: z.string() });
const signal = new AbortController().signal;

async function statuses(body: Readable): Promise<string[]> {
  const found: string[] = [];
  for await (const { status } of jsonLines(body, shape, 'unix:///x', signal)) found.push(status);
  return found;
}

it('lines are read wherever the chunks end, in the middle of a letter too', async () => {
  const bytes = Buffer.from('{"status":"één"}\r\n\n{"status":"two"}');
  const single = Array.from(bytes, (byte) => Buffer.from([byte]));
  expect(await statuses(Readable.from(single, { objectMode: false }))).toEqual(['één', 'two']);
});

it('a line that is not progress is an error', async () => {
  await expect(statuses(Readable.from([Buffer.from('<html>\n')]))).rejects.toMatchObject({ kind: 'other' });
});

it('a stream that breaks off means that the engine is unreachable', async () => {
  const body = new Readable({ read: () => undefined });
  body.push('{"status":"one"}\n');
  setImmediate(() => body.destroy(Object.assign(new Error('reset'), { code: 'ECONNRESET' })));
  await expect(statuses(body)).rejects.toMatchObject({ kind: 'engine-unreachable' });
});

it('a reader that leaves ends the stream', async () => {
  const body = Readable.from([Buffer.from('{"status":"one"}\n{"status":"two"}\n')]);
  for await (const line of jsonLines(body, shape, 'unix:///x', signal)) {
    expect(line.status).toBe('one');
    break;
  }
  expect(body.destroyed).toBe(true);
});
