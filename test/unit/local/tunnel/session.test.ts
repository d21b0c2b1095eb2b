import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { frame, frameReader, type FrameHeader } from '../../../../src/local/tunnel/frame';
import { servePortStream } from '../../../../src/local/tunnel/port-stream';
import { muxSession } from '../../../../src/local/tunnel/session';

const window = 256 * 1024;
const [data, update, ping, away] = [0, 1, 2, 3];
const [syn, ack, fin, rst] = [1, 2, 4, 8];
const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex');

/** A session whose frames are looked at one by one. */
function session() {
  const sent: (FrameHeader & { payload: string })[] = [];
  const streams: Duplex[] = [];
  const outcomes: string[] = [];
  const read = frameReader({
    header: (header) => sent.push({ ...header, payload: '' }),
    payload: (part) => void (sent.at(-1)!.payload += part.toString('latin1')),
  });
  const own = muxSession(
    {
      send: (chunk, done) => {
        read(chunk);
        if (done) setImmediate(done);
      },
      close: (outcome, reason) => outcomes.push(reason === '' ? outcome : `${outcome}: ${reason}`),
    },
    (stream) => void streams.push(stream.on('error', () => undefined)),
  );
  const give = (type: number, flags: number, streamId: number, length: number, payload?: Buffer): void =>
    own.receive(frame({ type, flags, streamId, length }, payload));
  return {
    sent,
    streams,
    outcomes,
    receive: (chunk: Buffer) => own.receive(chunk),
    lost: () => own.lost(),
    end: (reason: string) => own.end(reason),
    give,
  };
}

it('a frame is 12 bytes, big-endian, and its payload', () => {
  const header = { type: 1, flags: 0x0102, streamId: 0x03040506, length: 0x0708090a };
  expect(frame(header)).toEqual(bytes('00 01 0102 03040506 0708090a'));
  expect(frame({ ...header, type: 0, length: 2 }, Buffer.from('ab')).subarray(8)).toEqual(
    bytes('00000002 6162'),
  );
});

it('frames are found however they are cut', async () => {
  const { receive, streams, sent } = session();
  const all = Buffer.concat([
    bytes('00 01 0001 00000001 00000000'),
    bytes('00 00 0000 00000001 00000005 68656c6c6f'),
    bytes('00 01 0004 00000001 00000000'),
  ]);
  for (const byte of all) receive(Buffer.from([byte]));
  expect(await text(streams[0]!)).toBe('hello');
  expect(sent[0]).toMatchObject({ type: update, flags: ack, streamId: 1, length: 0 });
});

it('sends no more than there is room for, and goes on when there is more', async () => {
  const { give, streams, sent } = session();
  give(update, syn, 1, 0);
  streams[0]!.end(Buffer.alloc(window + 10, 'x'));
  const out = (): number =>
    sent.filter(({ type }) => type === data).reduce((sum, { length }) => sum + length, 0);
  await expect.poll(out).toBe(window);
  give(update, 0, 1, 4);
  await expect.poll(out).toBe(window + 4);
  give(update, 0, 1, 100);
  await expect.poll(() => sent.at(-1)).toMatchObject({ type: update, flags: fin, length: 0 });
  expect(out()).toBe(window + 10);
});

it('gives room back only for what was read', async () => {
  const { give, streams, sent } = session();
  give(update, syn, 1, 0);
  give(data, 0, 1, window, Buffer.alloc(window));
  const given = (): number =>
    sent
      .filter(({ type, flags }) => type === update && flags === 0)
      .reduce((sum, { length }) => sum + length, 0);
  await new Promise((resolve) => setImmediate(resolve));
  expect(given()).toBe(0);
  streams[0]!.resume();
  await expect.poll(given).toBe(window);
});

it.each([
  ['another version', '01 00 0000 00000001 00000000', 'Version 1 of yamux is not known.'],
  ['an unknown type', '00 04 0000 00000001 00000000', 'Frames of type 4 are not known.'],
  ['data of the session itself', '00 00 0000 00000000 00000000', 'Stream 0 is the session itself.'],
  ['an even stream', '00 01 0001 00000002 00000000', "Stream 2 can't be opened."],
  ['more than there is room for', '00 00 0001 00000001 00040001', 'More was sent than there was room for.'],
])('%s ends the session, its streams included, and is told', async (_, hex, reason) => {
  const { give, receive, streams, sent, outcomes } = session();
  give(update, syn, 7, 0);
  const closed = once(streams[0]!, 'close');
  receive(bytes(hex));
  await closed;
  expect(outcomes).toEqual([`protocol-error: ${reason}`]);
  expect(sent.at(-1)).toMatchObject({ type: away, length: 1 });
  give(ping, syn, 0, 1);
  expect(sent.at(-1)).toMatchObject({ type: away });
});

it('a stream opened twice ends the session', () => {
  const { give, outcomes } = session();
  give(update, syn, 1, 0);
  give(update, syn, 1, 0);
  expect(outcomes).toEqual(["protocol-error: Stream 1 can't be opened."]);
});

it('streams beyond the limit are reset, frames of streams that are gone are passed over', async () => {
  const { give, streams, sent, outcomes } = session();
  for (let at = 0; at < 256; at += 1) give(update, syn, 2 * at + 1, 0);
  give(update, syn, 1001, 0);
  expect([streams.length, sent.at(-1)]).toEqual([
    256,
    expect.objectContaining({ flags: rst, streamId: 1001 }),
  ]);
  const closed = once(streams[0]!, 'close');
  give(update, rst, 1, 0);
  await closed;
  give(data, 0, 1, 2, Buffer.from('xx'));
  give(update, syn, 1003, 0);
  expect([streams.length, outcomes]).toEqual([257, []]);
});

it('a stream given up here is reset there', async () => {
  const { give, streams, sent } = session();
  give(update, syn, 1, 0);
  streams[0]!.destroy();
  await once(streams[0]!, 'close');
  expect(sent.at(-1)).toMatchObject({ flags: rst, streamId: 1 });
});

it('ended here, its streams break off, and the client is told', async () => {
  const { give, end, streams, sent, outcomes } = session();
  give(update, syn, 1, 0);
  const closed = once(streams[0]!, 'close');
  end('The sandbox was deleted.');
  await closed;
  expect(sent.at(-1)).toMatchObject({ type: away, length: 0 });
  end('again');
  expect(outcomes).toEqual(['ended: The sandbox was deleted.']);
});

it('after a go-away the session ends with its last stream', async () => {
  const { give, streams, outcomes } = session();
  give(update, syn, 1, 0);
  give(away, 0, 0, 0);
  expect(outcomes).toEqual([]);
  streams[0]!.end().resume();
  give(data, fin, 1, 0);
  await expect.poll(() => outcomes).toEqual(['ended']);
});

it('a lost connection breaks the streams off, and the dial under way', async () => {
  const { give, streams, lost } = session();
  give(data, syn, 1, 3, bytes('01 1f40'));
  let dialed: AbortSignal | undefined;
  const served = servePortStream(
    streams[0]!,
    (port, signal) =>
      new Promise((_, reject) => {
        expect(port).toBe(8000);
        dialed = signal;
        signal.addEventListener('abort', () => reject(new Error('gone')));
      }),
    new AbortController().signal,
  );
  await expect.poll(() => dialed).toBeDefined();
  lost();
  await served;
  expect(dialed!.aborted).toBe(true);
});
