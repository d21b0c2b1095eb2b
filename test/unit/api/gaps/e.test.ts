import { describe, expect, it } from 'vitest';
import { startCommand } from '../../../../src/api/commands/command';
import { runCommand } from '../../../../src/api/commands/run-command';
import { streamCommand } from '../../../../src/api/commands/stream-command';
import { download } from '../../../../src/api/files';
import { downloadResuming } from '../../../../src/api/files/resume-download';
import { eager, scriptedSockets, type SocketScript } from '../scripted-sockets';
import { bothSides, laterEvent, officialSockets, replyBox, settled } from './sides';

const piece = 'x'.repeat(64 * 1024);
const pieces = 600;

/** Says 40 MB, more than sockets hold, as fast as it is taken. */
function talkative(): { script: SocketScript; said: () => number } {
  let said = 0;
  const onFrame: SocketScript['onFrame'] = ({ socket, say }, { command_id }) => {
    say({ type: 'started', command_id, pid: 1 });
    const more = (): void => {
      if (said === pieces) say({ type: 'exit', exit_code: 0 });
      else {
        socket.send(JSON.stringify({ type: 'stdout', data: piece, offset: said++ * piece.length }), more);
      }
    };
    more();
  };
  return { script: { onFrame }, said: () => said };
}

describe('E, streaming and memory', { timeout: 20_000 }, () => {
  it('E a slow reader holds the command back, the official SDK takes all into memory', async () => {
    const [one, other] = [talkative(), talkative()];
    const theirs = await officialSockets(one.script);
    const handle = await theirs.sandbox.run('yes', { wait: false });
    // One chunk is taken, and no more.
    await handle[Symbol.asyncIterator]().next();
    await expect.poll(one.said, { timeout: 10_000 }).toBe(pieces);

    const { transport, box } = await scriptedSockets(other.script);
    const command = startCommand(transport, box, { command: 'yes' });
    const output = command.output();
    await output.next();
    await laterEvent();
    expect(other.said()).toBeLessThan(pieces);
    let length = piece.length;
    for await (const { data } of output) length += data.length;
    expect(length).toBe(pieces * piece.length);
  });

  it('E a dead socket is found and left, the official SDK does not look', async () => {
    const script = (): SocketScript => ({
      onFrame: ({ socket, say }, { command_id, connection }) => {
        say({ type: 'started', command_id, pid: 1 });
        // Reads no more, and so answers no ping.
        if (connection === 1) socket.pause();
        else say({ type: 'exit', exit_code: 0 });
      },
    });
    const theirs = await officialSockets(script());
    const handle = await theirs.sandbox.run('x', { wait: false });
    const order = settled({ official: handle.result });
    const { transport, box, frames } = await scriptedSockets(script());
    const lineLimits = { mostWaitingBytes: 1_000_000, pingMs: 20, deadAfterMs: 100 };
    const command = runCommand(transport, box, { command: 'x' }, { lineLimits, persistence: eager });
    expect(await command).toMatchObject({ exit_code: 0 });
    expect(frames.map(({ connection }) => connection)).toEqual([1, 2]);
    expect(theirs.sockets).toHaveLength(1);
    expect(order).toEqual([]);
  });

  it('E a file comes as it arrives, the official SDK’s when it is there as a whole', async () => {
    const endings: (() => void)[] = [];
    const { official, ours, endpoint } = await bothSides((response, { url }) => {
      if (!url.includes('download')) {
        replyBox(response, `${endpoint}/b1`);
        return;
      }
      response.writeHead(200, { 'content-length': 10 }).write('first');
      endings.push(() => response.end('later'));
    });
    const sandbox = await official.getSandbox('mine');
    const theirs = settled({ official: sandbox.read('/f') });
    const body = await download(ours, { id: 'b1' }, '/f');
    for await (const bytes of body as AsyncIterable<Buffer>) {
      expect(bytes.toString()).toBe('first');
      break;
    }
    expect(theirs).toEqual([]);
    expect(endings).toHaveLength(2);
  });

  it('E a download that breaks goes on at its byte, the official SDK’s fails', async () => {
    const { official, ours, endpoint, seenOfOurs } = await bothSides((response, { url, headers }) => {
      if (!url.includes('download')) replyBox(response, `${endpoint}/b1`);
      else if (headers.range === 'bytes=5-') {
        const range = { 'content-range': 'bytes 5-9/10', etag: '"e"' };
        response.writeHead(206, range).end('later');
      } else {
        response.writeHead(200, { 'content-length': 10, etag: '"e"' });
        response.write('first', () => setImmediate(() => response.destroy()));
      }
    });
    const sandbox = await official.getSandbox('mine');
    await expect(sandbox.read('/f')).rejects.toThrow();
    let all = '';
    for await (const { bytes } of downloadResuming(ours, { id: 'b1' }, '/f', { persistence: eager })) {
      all += bytes.toString();
    }
    expect(all).toBe('firstlater');
    expect(seenOfOurs().map(({ headers }) => headers['if-range'])).toEqual([undefined, '"e"']);
  });

  it('E output that is not text keeps its bytes over events', async () => {
    const raw = Buffer.from([0xff, 0x00, 0xfe]);
    const { ours } = await bothSides((response) => {
      const data = JSON.stringify({ data: raw.toString('base64'), offset: 0 });
      response.write(`event: stdout\ndata: ${data}\n\n`);
      response.end('event: exit\ndata: {"exit_code":0}\n\n');
    });
    const chunks: Buffer[] = [];
    for await (const { bytes } of streamCommand(ours, { id: 'b1' }, { command: 'x' })) chunks.push(bytes);
    expect(Buffer.concat(chunks).equals(raw)).toBe(true);
  });
});
