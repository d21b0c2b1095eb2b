import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { runCommand } from '../../../src/api/commands/run-command';
import { startCommand } from '../../../src/api/commands/command';
import { streamCommand } from '../../../src/api/commands/stream-command';
import { downloadToFile } from '../../../src/api/files/download-to-file';
import { statFile } from '../../../src/api/files/read-file';
import { Secret } from '../../../src/api/secret';
import { Transport } from '../../../src/api/transport';
import { forwardPort } from '../../../src/api/tunnel/forward';
import { openTunnel } from '../../../src/api/tunnel/tunnel';
import { until } from '../../harness/until';
import { runningServer } from '../local/fixture/running-server';
import { echoPort, serviceBox } from '../local/services/fixture/service-box';
import { breakingLineTo, type BreakingLine } from '../../harness/breaking-line';

// Our client and our server, with connections between them that break while they work.

const running = runningServer();
const megabyte = 1024 * 1024;
let line: BreakingLine;
let transport: Transport;
let box: { id: string; dataplane_url: string };

beforeAll(async () => {
  const { id } = await serviceBox(running.wire);
  line = await breakingLineTo(running.server.endpoint);
  transport = new Transport({ endpoint: line.endpoint, apiKey: new Secret(running.server.apiKey) });
  box = { id, dataplane_url: `${line.endpoint}/v2/sandboxes/${id}` };
});
afterEach(() => expect(line.left).toBe(0));
afterAll(async () => {
  await transport.close();
  await line.close();
});

/** Counts in the sandbox how often it is run, and says the same so many lines each time. */
const counted = (file: string, lines: number): string => `echo run >> ${file}; seq 1 ${lines}`;
const said = (lines: number): string =>
  Array.from({ length: lines }, (_, index) => `${index + 1}\n`).join('');
const runs = async (file: string): Promise<string> =>
  (await running.wire.execute(box.id, `grep -c run ${file}`)).stdout.trim();

it('a command is run once and all it says is heard once, over ten connections that break', async () => {
  line.breakNext(10, 50_000);
  const { stdout, exit_code } = await runCommand(transport, box, { command: counted('/root/ws', 150_000) });
  expect(stdout === said(150_000)).toBe(true);
  expect([exit_code, await runs('/root/ws')]).toEqual([0, '1']);
});

it('50 MB of a terminal come whole over ten connections that break, however fast the command is', async () => {
  line.breakNext(10, 4 * megabyte);
  // `cat` writes it in large parts: a part per line is work for the kernel and the engine above all.
  const draws = 'stty -opost; seq 1 7000000 | cat';
  const terminal = startCommand(transport, box, { command: draws, pty: true, timeout_seconds: 0 });
  const heard = createHash('sha256');
  let length = 0;
  for await (const { data, missing } of terminal.output()) {
    expect(missing).toBe(0);
    heard.update(data);
    length += data.length;
  }
  const expected = createHash('sha256');
  for (let at = 1; at <= 7_000_000; at += 10_000) {
    expected.update(Array.from({ length: 10_000 }, (_, index) => `${at + index}\n`).join(''));
  }
  expect(length).toBeGreaterThan(50 * megabyte);
  expect(heard.digest('hex')).toBe(expected.digest('hex'));
  expect(await terminal.exited()).toBe(0);
}, 120_000);

it('the same over streams of events, byte for byte', async () => {
  line.breakNext(5, 100_000);
  const parts: Buffer[] = [];
  const events = streamCommand(transport, box, { command: counted('/root/sse', 80_000) });
  let next = await events.next();
  for (; !next.done; next = await events.next()) parts.push(next.value.bytes);
  expect(Buffer.concat(parts).toString() === said(80_000)).toBe(true);
  expect([next.value, await runs('/root/sse')]).toEqual([0, '1']);
});

it('a terminal takes what is typed after its connection broke, and its new size', async () => {
  const shell = startCommand(transport, box, { command: 'sh', pty: true });
  const heard = { text: '' };
  const reading = (async () => {
    for await (const { data } of shell.output()) heard.text += data;
  })();
  await shell.started;
  line.breakNext(1, 1);
  await shell.write('echo first-$((40 + 2))\n').catch(() => undefined);
  await until('the connection to break', () => line.left === 0 || undefined);
  shell.resize({ cols: 133, rows: 44 });
  await shell.write('stty size; echo second-$((40 + 2))\n');
  await until('what was typed', () => heard.text.includes('second-42') || undefined);
  expect(heard.text).toContain('44 133');
  await shell.write('exit 7\n');
  expect(await shell.exited()).toBe(7);
  await reading;
});

it('a command that is given up is killed in the sandbox', async () => {
  const giveUp = new AbortController();
  const command = 'echo $$ > /root/given-up; exec sleep 5743';
  const running_ = runCommand(transport, box, { command }, { signal: giveUp.signal });
  await until(
    'it to run',
    async () => (await running.wire.download(box.id, '/root/given-up')).ok || undefined,
  );
  giveUp.abort(new Error('cancelled'));
  await expect(running_).rejects.toThrow('cancelled');
  await until('it to be gone', async () => {
    const { stdout } = await running.wire.execute(box.id, 'ps | grep -c "[s]leep 5743"');
    return stdout === '0\n' || undefined;
  });
});

it.each([
  { how: 'in one stream', count: 1 },
  { how: 'in ranges side by side', count: 4 },
])('a file comes down whole $how over connections that break', async ({ count }) => {
  const content = randomBytes(8 * megabyte);
  await running.wire.upload(box.id, '/root/large', content);
  const folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-down-'));
  const file = path.join(folder, 'large');
  const inRanges = { of: await statFile(transport, box, '/root/large'), count, fromBytes: content.length };
  line.breakNext(3, megabyte);
  expect(await downloadToFile(transport, box, '/root/large', file, { inRanges })).toBe(content.length);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  expect(hash.digest('hex')).toBe(createHash('sha256').update(content).digest('hex'));
  await rm(folder, { recursive: true });
});

it('a port is forwarded through the tunnel, which is opened anew when it broke', async () => {
  const tunnel = openTunnel(transport, box);
  const failures: unknown[] = [];
  await using forwarding = await forwardPort(tunnel, echoPort, { onFailure: (each) => failures.push(each) });
  const echoed = async (words: Buffer | string): Promise<string> => {
    const socket = net.connect({ port: forwarding.port, host: '127.0.0.1', allowHalfOpen: true });
    socket.end(words);
    return text(socket);
  };
  const large = Buffer.alloc(2 * megabyte, 'abcdefgh');
  expect((await echoed(large)) === large.toString()).toBe(true);
  line.breakNext(1, 1);
  await echoed('lost').catch(() => undefined);
  await until(
    'a connection through a new tunnel',
    async () => (await echoed('again').catch(() => '')) === 'again' || undefined,
  );
  await expect(tunnel.connect(7998)).rejects.toMatchObject({ errorType: 'DialFailed' });
  tunnel.close();
});
