import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCommand } from '../../../src/api/commands/command';
import { streamCommand } from '../../../src/api/commands/stream-command';
import { Secret } from '../../../src/api/secret';
import { Transport } from '../../../src/api/transport';
import { breakingLineTo, type BreakingLine } from '../../harness/breaking-line';
import { until } from '../../harness/until';
import { connect, type Client } from '../local/commands/fixture/client';
import { pulsingServer } from './fixture/pulsing-server';

// Our client and our server, with connections between them that fall silent and are never closed.

/** Long against what a busy machine is late by. */
const pulseMs = 2000;
const silenceMs = 2.5 * pulseMs;
const server = pulsingServer(pulseMs);
let line: BreakingLine;
let transport: Transport;
let box: { id: string; dataplane_url: string };

beforeAll(async () => {
  const snapshot = await server.wire.build('silent');
  const { id } = await server.wire.boot({ snapshot_id: snapshot.id });
  line = await breakingLineTo(server.endpoint);
  transport = new Transport({ endpoint: line.endpoint, apiKey: new Secret(server.apiKey) });
  box = { id, dataplane_url: `${line.endpoint}/v2/sandboxes/${id}` };
});
afterAll(async () => {
  await transport.close();
  await line.close();
});

/**
 * Counts in the sandbox how often it is run. Much more than the server and all pipes on the way hold: it can't end before
 * its reader is back.
 */
const counted = (file: string): string => `echo run >> ${file}; seq 1 1000000`;
const said = Array.from({ length: 1_000_000 }, (_, index) => `${index + 1}\n`).join('');
const runs = async (file: string): Promise<string> =>
  (await server.wire.execute(box.id, `grep -c run ${file}`)).stdout.trim();

describe('a stream of events', () => {
  it('says that it is alive while its command says nothing, and its client stays', async () => {
    const before = line.opened;
    const command = { command: 'sleep 9; echo end' };
    const events = streamCommand(transport, box, command, { silenceMs });
    expect((await events.next()).value).toMatchObject({ bytes: Buffer.from('end\n') });
    expect(await events.next()).toEqual({ done: true, value: 0 });
    expect(line.opened - before).toBe(1);
    const stream = await server.wire.call('POST', `/${box.id}/execute/stream/start`, command);
    expect(stream.text.match(/^: alive\n\n/gm)?.length).toBeGreaterThanOrEqual(4);
  });

  it('that falls silent is left and resumed at its byte', async () => {
    const events = streamCommand(transport, box, { command: counted('/root/sse') }, { silenceMs });
    const parts: Buffer[] = [];
    let next = await events.next();
    line.silence();
    for (; !next.done; next = await events.next()) parts.push(next.value.bytes);
    expect(differenceOf(Buffer.concat(parts).toString())).toBeUndefined();
    expect([next.value, await runs('/root/sse')]).toEqual([0, '1']);
  });
});

describe('a WebSocket', () => {
  it('that falls silent is left by the client, which goes on at its byte over another one', async () => {
    const lineLimits = { mostWaitingBytes: 64 * 1024, pingMs: 200, deadAfterMs: 1000 };
    const command = startCommand(transport, box, { command: counted('/root/ws') }, { lineLimits });
    let heard = '';
    let isSilent = false;
    for await (const { data, missing } of command.output()) {
      heard += data;
      expect(missing).toBe(0);
      if (!isSilent) line.silence();
      isSilent = true;
    }
    expect(differenceOf(heard)).toBeUndefined();
    expect([await command.exited(), await runs('/root/ws')]).toEqual([0, '1']);
  });

  it('that falls silent leaves its command to the next one, input and all', async () => {
    const lost = await running({ command: 'echo up; read line; echo "$line"', command_id: 'kept' });
    line.silence();
    const found = await connect(server, box.id);
    found.send({ type: 'reconnect', command_id: 'kept', stdout_offset: 3 });
    found.send({ type: 'input', data: 'taken up\n' });
    expect((await found.closed())[0]).toEqual({ type: 'exit', exit_code: 0 });
    expect([found.text('stdout'), lost.text('stdout')]).toEqual(['taken up\n', 'up\n']);
  });

  it.each([
    ['kill_on_disconnect', { kill_on_disconnect: true }, { type: 'exit', exit_code: 137 }],
    [
      'idle_timeout_seconds',
      { idle_timeout_seconds: 0.2 },
      { error_type: 'SessionExpired', error: expect.stringContaining('No client was attached') as string },
    ],
  ])('whose client answers no ping counts as gone for %s', async (term, asked, ending) => {
    await running({ command: 'echo up; sleep 5761', command_id: term, ...asked });
    line.silence();
    await until('the command to be killed', async () => {
      const { stdout } = await server.wire.execute(box.id, 'ps -o args | grep -c "^sleep 5761"');
      return stdout === '0\n' || undefined;
    });
    const late = await connect(server, box.id);
    late.send({ type: 'reconnect', command_id: term });
    expect((await late.closed())[0]).toMatchObject(ending);
  });
});

/** Where it first differs from what was said: too much to print whole. */
function differenceOf(heard: string): object | undefined {
  if (heard === said) return undefined;
  let at = 0;
  while (heard[at] === said[at]) at++;
  return { at, heard: heard.slice(at - 20, at + 20), lengths: [heard.length, said.length] };
}

/** Through the line. */
async function running(first: object): Promise<Client> {
  const client = await connect({ endpoint: line.endpoint, apiKey: server.apiKey }, box.id, {
    close_stdin: false,
    ...first,
  });
  await client.said('up\n');
  return client;
}
