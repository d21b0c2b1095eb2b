import { beforeAll, describe, expect, it } from 'vitest';
import { until } from '../../../harness/until';
import { runningServer } from '../fixture/running-server';
import { baseImage, sentence, type Answer } from '../fixture/wire';
import { connect, type Client } from './fixture/client';

// Times that never end: -1 of those without a client and of those that are kept, 0 of the command itself. Each stands
// beside a short one, whose end shows that there was time for it.

const running = runningServer();
let box: string;

beforeAll(async () => {
  box = (await running.wire.boot({ snapshot_id: (await running.wire.build('without-end', baseImage())).id }))
    .id;
});

const stream = (step: 'start' | 'resume', body: object): Promise<Answer> =>
  running.wire.call('POST', `/${box}/execute/stream/${step}`, body);
const open = (first: object): Promise<Client> => connect(running.server, box, first);
const runs = async (line: string): Promise<boolean> =>
  (await running.wire.execute(box, `ps -o args | grep -qx "${line}"`)).exit_code === 0;
const gone = (line: string): Promise<true> =>
  until(`${line} to be gone`, async () => ((await runs(line)) ? undefined : true));
const killed = async (command_id: string): Promise<void> => {
  const client = await connect(running.server, box);
  client.send({ type: 'reconnect', command_id });
  client.send({ type: 'kill' });
  expect((await client.closed())[0]).toEqual({ type: 'exit', exit_code: 137 });
};

describe('a command', () => {
  it('that nobody is attached to runs on with an idle time of -1, over a WebSocket', async () => {
    for (const [idle_timeout_seconds, sleep] of [
      [-1, 5741],
      [0.3, 5742],
    ]) {
      const client = await open({
        command: `echo up; sleep ${sleep}`,
        command_id: `idle-${sleep}`,
        idle_timeout_seconds,
      });
      await client.said('up');
      client.leave();
    }
    await gone('sleep 5742');
    expect(await runs('sleep 5741')).toBe(true);
    await killed('idle-5741');
  });

  it('that nobody is attached to runs on with an idle time of -1, over an event stream', async () => {
    for (const [idle_timeout_seconds, sleep] of [
      [-1, 5743],
      [0.3, 5744],
    ]) {
      const leaving = new AbortController();
      const response = await fetch(`${running.server.endpoint}/v2/sandboxes/${box}/execute/stream/start`, {
        method: 'POST',
        headers: { 'X-Api-Key': running.server.apiKey },
        body: JSON.stringify({
          command: `exec sleep ${sleep}`,
          command_id: `idle-${sleep}`,
          idle_timeout_seconds,
        }),
        signal: leaving.signal,
      });
      expect(response.status).toBe(200);
      leaving.abort();
    }
    await gone('sleep 5744');
    expect(await runs('sleep 5743')).toBe(true);
    await killed('idle-5743');
  });

  it('that has ended is kept with a kept time of -1, over both', async () => {
    await (await open({ command: 'echo kept', command_id: 'kept-ws', ttl_seconds: -1 })).closed();
    expect(
      (await stream('start', { command: 'echo kept', command_id: 'kept-sse', ttl_seconds: -1 })).status,
    ).toBe(200);
    await stream('start', { command: 'echo kept', command_id: 'short', ttl_seconds: 0.2 });
    await until('the short one to be forgotten', async () =>
      (await stream('resume', { command_id: 'short' })).status === 404 ? true : undefined,
    );
    for (const command_id of ['kept-ws', 'kept-sse']) {
      const { status, text } = await stream('resume', { command_id });
      expect([status, text]).toEqual([
        200,
        expect.stringContaining(Buffer.from('kept\n').toString('base64')),
      ]);
    }
  });

  it('has no time limit with one of 0, wherever it is asked for', async () => {
    const short = stream('start', { command: 'exec sleep 5745', timeout_seconds: 0.3 });
    const command = 'until [ -e /tmp/late ]; do sleep 0.05; done; echo late';
    const unlimited = { command, timeout_seconds: 0 };
    const all = [
      running.wire.execute(box, unlimited),
      running.wire.execute(box, { command, timeout: 0 }),
      stream('start', unlimited),
      open(unlimited).then((client) => client.closed()),
    ] as const;
    expect((await short).text).toContain('CommandTimeout');
    await running.wire.execute(box, 'touch /tmp/late');
    const [first, second, events, [last]] = await Promise.all(all);
    for (const reply of [first, second]) expect(reply).toMatchObject({ exit_code: 0, stdout: 'late\n' });
    expect(events.text).toContain('data: {"exit_code":0}');
    expect(last).toEqual({ type: 'exit', exit_code: 0 });
  });

  it('has no time limit of -1: that is refused by name, as 0 is what says none', async () => {
    for (const field of ['timeout', 'timeout_seconds']) {
      const answer = await running.wire.call('POST', `/${box}/execute`, { command: 'true', [field]: -1 });
      expect([answer.status, sentence(answer)]).toEqual([422, `${field} must be at least 0.`]);
    }
    const answer = await stream('start', { command: 'true', timeout_seconds: -1 });
    expect([answer.status, sentence(answer)]).toEqual([422, 'timeout_seconds must be at least 0.']);
    const [last] = await (await open({ command: 'true', timeout_seconds: -1 })).closed();
    expect(last?.error).toContain('timeout_seconds must be at least 0');
  });
});
