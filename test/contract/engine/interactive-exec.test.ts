import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { engineAddress, type EngineAddress } from '../../../src/local/engine/address';
import { connectEngine } from '../../../src/local/engine/connect';
import { readTls } from '../../../src/local/engine/places/tls';
import { enginesUnderTest } from '../../engines';
import { collected } from '../../harness/collected';
import { makeCertificates } from './fixture/certificates';
import { doorTo } from './fixture/doors';
import { engineRoom, soon } from './fixture/engine-room';
import { busyboxFilesystem } from './fixture/root-filesystem';

describe.each(await enginesUnderTest())('a command with an open stdin on $name', ({ url }) => {
  const room = engineRoom(url);
  let id: string;

  beforeAll(async () => {
    id = await room.running(await room.image(await busyboxFilesystem()));
  });

  it('reads what is written, in its order, until the end', async () => {
    const sum = { command: ['md5sum'], stdin: true };
    const { stdin, stdout, stderr, exitCode } = await room.engine.exec(id, sum, soon());
    stderr.resume();
    const parts = Array.from({ length: 40 }, (_, part) => Buffer.alloc(50_000, part));
    for (const part of parts) stdin?.write(part);
    stdin?.end();
    expect(await text(stdout)).toBe(`${createHash('md5').update(Buffer.concat(parts)).digest('hex')}  -\n`);
    expect(await exitCode).toBe(0);
  });

  it('answers while its stdin is open, and has its outputs apart', async () => {
    const echo = {
      command: ['sh', '-c', 'while read line; do echo "$line"; echo "$line" >&2; done'],
      stdin: true,
    };
    const { stdin, stdout, stderr, exitCode } = await room.engine.exec(id, echo, soon());
    const outputs = [collected(stdout), collected(stderr)];
    for (const line of ['one\n', 'two\n']) {
      stdin?.write(line);
      await Promise.all(outputs.map((output) => output.upTo(line)));
    }
    expect(outputs.map((output) => output.text())).toEqual(['one\ntwo\n', 'one\ntwo\n']);
    stdin?.end();
    expect(await exitCode).toBe(0);
  });

  it('may end before its stdin does', async () => {
    const { stdin, stdout, exitCode } = await room.engine.exec(
      id,
      { command: ['sh', '-c', 'read line; echo "$line"; exit 3'], stdin: true },
      soon(),
    );
    stdin?.write('last\n');
    expect(await text(stdout)).toBe('last\n');
    expect(await exitCode).toBe(3);
    stdin?.write('nobody reads this\n');
    stdin?.end();
    expect(stdin?.errored ?? null).toBe(null);
  });

  it('has a terminal of the wanted size, which can change', async () => {
    const size = { command: ['sh'], stdin: true, tty: { cols: 71, rows: 19 } };
    const running = await room.engine.exec(id, size, soon());
    const output = collected(running.stdout);
    running.stdin?.write('stty size; test -t 2 && echo err >&2\n');
    expect(await output.upTo('err\r\n')).toContain('19 71\r\n');
    await running.resize({ cols: 132, rows: 43 }, soon());
    running.stdin?.write('stty size\n');
    expect(await output.upTo('43 132\r\n')).toContain('43 132\r\n');
    running.stdin?.write('exit 5\n');
    expect(await running.exitCode).toBe(5);
    await running.resize({ cols: 80, rows: 24 }, soon());
  });

  it('stops being followed at once when the signal aborts', async () => {
    const stopping = new AbortController();
    const running = await room.engine.exec(id, { command: ['cat'], stdin: true }, stopping.signal);
    running.stdin?.write('up\n');
    await once(running.stdout, 'data');
    const closed = once(running.stdin!, 'close');
    const reason = new Error('cancelled');
    stopping.abort(reason);
    await expect(running.exitCode).rejects.toBe(reason);
    await closed;
  });

  it('is refused while the container is not there', async () => {
    await expect(
      room.engine.exec('engine-test-nowhere', { command: ['cat'], stdin: true }, soon()),
    ).rejects.toMatchObject({ kind: 'not-found' });
  });

  it('works over TCP', async () => {
    const door = await doorTo(url.replace('unix://', ''));
    expect(await cat(engineAddress(`tcp://127.0.0.1:${door.port}`))).toEqual(['through the door', 0]);
    await door.close();
  });

  it('works over TLS', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-tls-'));
    const { clientFolder, server } = await makeCertificates(folder);
    const door = await doorTo(url.replace('unix://', ''), server);
    const tls = await readTls({ path: clientFolder, isOptional: false, isServerVerified: true });
    expect(await cat(engineAddress(`tcp://127.0.0.1:${door.port}`, tls))).toEqual(['through the door', 0]);
    await door.close();
    await rm(folder, { recursive: true });
  });

  async function cat(address: EngineAddress): Promise<[string, number]> {
    const engine = await connectEngine(address, soon());
    const { stdin, stdout, exitCode } = await engine.exec(id, { command: ['cat'], stdin: true }, soon());
    stdin?.end('through the door');
    const outcome: [string, number] = [await text(stdout), await exitCode];
    await engine.close();
    return outcome;
  }
});
