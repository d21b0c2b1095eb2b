import { createHash } from 'node:crypto';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { beforeAll, expect, it } from 'vitest';
import { runningServer } from '../fixture/running-server';
import { baseImage, sentence } from '../fixture/wire';
import { connect } from './fixture/client';

const running = runningServer();
let box: string;

beforeAll(async () => {
  const snapshot = await running.wire.build('events', baseImage());
  box = (await running.wire.boot({ snapshot_id: snapshot.id })).id;
});

interface Event {
  name: string;
  data: Record<string, unknown>;
}

async function* events(step: 'start' | 'resume', body: object, signal?: AbortSignal): AsyncGenerator<Event> {
  const response = await fetch(`${running.server.endpoint}/v2/sandboxes/${box}/execute/stream/${step}`, {
    method: 'POST',
    headers: { 'X-Api-Key': running.server.apiKey },
    body: JSON.stringify(body),
    signal,
  });
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const parsed = response
    .body!.pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream());
  for await (const { event, data } of parsed) {
    yield { name: event ?? '', data: JSON.parse(data) as Record<string, unknown> };
  }
}

async function all(step: 'start' | 'resume', body: object): Promise<Event[]> {
  const list: Event[] = [];
  for await (const event of events(step, body)) list.push(event);
  return list;
}

const bytesOf = (list: Event[], stream = 'stdout'): Buffer =>
  Buffer.concat(
    list.filter(({ name }) => name === stream).map(({ data }) => Buffer.from(String(data['data']), 'base64')),
  );

it('a command tells it was started, its bytes, the end of its streams and its exit code', async () => {
  const list = await all('start', { command: "printf 'a\\377b'; printf e >&2; exit 3", command_id: 'bytes' });
  expect(list[0]).toEqual({
    name: 'started',
    data: { command_id: 'bytes', pid: expect.any(Number) as number },
  });
  expect(bytesOf(list)).toEqual(Buffer.from([0x61, 0xff, 0x62]));
  expect(bytesOf(list, 'stderr').toString()).toBe('e');
  expect(list.filter(({ name }) => name === 'stream_end').map(({ data }) => data)).toEqual(
    expect.arrayContaining([
      { stream: 'stdout', offset: 3 },
      { stream: 'stderr', offset: 1 },
    ]),
  );
  expect(list.at(-1)).toEqual({ name: 'exit', data: { exit_code: 3 } });
  const again = await all('resume', { command_id: 'bytes', stdout_offset: 2, stderr_offset: 1 });
  expect(again.map(({ name }) => name)).toEqual(['started', 'stdout', 'stream_end', 'stream_end', 'exit']);
  expect(again[1]?.data).toEqual({ offset: 2, data: Buffer.from('b').toString('base64') });
});

it('a command waits when it has to be acknowledged, and nothing is lost', async () => {
  const command = 'head -c 3500000 /dev/urandom | tee /tmp/all; md5sum /tmp/all >&2';
  let list = await all('start', { command, command_id: 'acks' });
  const pieces: Buffer[] = [];
  let errors = '';
  let rounds = 0;
  for (;;) {
    pieces.push(bytesOf(list));
    errors += bytesOf(list, 'stderr').toString();
    const last = list.at(-1);
    if (last?.name !== 'ack_required') break;
    rounds += 1;
    list = await all('resume', { command_id: 'acks', ...last.data });
  }
  expect([rounds, list.at(-1)]).toEqual([3, { name: 'exit', data: { exit_code: 0 } }]);
  expect(Buffer.concat(pieces)).toHaveLength(3_500_000);
  const sum = createHash('md5').update(Buffer.concat(pieces)).digest('hex');
  expect(errors).toContain(sum);
});

it('a command has no input, and goes on when its client leaves', async () => {
  const leaving = new AbortController();
  const body = { command: 'cat; echo up; sleep 1; echo end', command_id: 'left' };
  for await (const { name } of events('start', body, leaving.signal)) {
    if (name === 'stdout') break;
  }
  leaving.abort();
  const list = await all('resume', { command_id: 'left', stdout_offset: 3 });
  expect(bytesOf(list).toString()).toBe('end\n');
  expect(list.at(-1)).toMatchObject({ name: 'exit' });
});

it('WebSockets and event streams share the ids', async () => {
  const first = await connect(running.server, box, { command: 'echo once', command_id: 'shared' });
  await first.closed();
  expect(bytesOf(await all('resume', { command_id: 'shared' })).toString()).toBe('once\n');
  expect(bytesOf(await all('start', { command: 'echo twice', command_id: 'shared' })).toString()).toBe(
    'once\n',
  );
  const killed = events('start', { command: 'sleep 5721', command_id: 'killed' });
  expect((await killed.next()).value).toMatchObject({ name: 'started' });
  const other = await connect(running.server, box);
  other.send({ type: 'reconnect', command_id: 'killed' });
  other.send({ type: 'kill' });
  const rest: Event[] = [];
  for await (const event of killed) rest.push(event);
  expect(rest.at(-1)).toEqual({ name: 'exit', data: { exit_code: 137 } });
});

it('a command whose time is over ends with an error', async () => {
  const list = await all('start', { command: 'sleep 5722', timeout_seconds: 0.3 });
  expect(list.at(-1)).toMatchObject({ name: 'error', data: { error_type: 'CommandTimeout' } });
});

it.each([
  ['resume', { command_id: 'nowhere' }, 404, 'There is no command nowhere'],
  ['resume', {}, 422, 'command_id is required'],
  ['resume', { command_id: 'x', stdout_offset: -1 }, 422, 'stdout_offset must be at least 0'],
  ['start', {}, 422, 'command is required'],
  ['start', { command: 'true', ttl_seconds: -2 }, 422, 'ttl_seconds must be at least -1'],
  ['start', { command: 'true', cwd: '/no/where' }, 400, 'The folder /no/where does not exist'],
  ['begin', { command: 'true' }, 404, 'nothing under this path'],
])('%s %j is answered %i', async (step, body, status, reason) => {
  const answer = await running.wire.call('POST', `/${box}/execute/stream/${step}`, body);
  expect([answer.status, sentence(answer)]).toEqual([status, expect.stringContaining(reason)]);
});
