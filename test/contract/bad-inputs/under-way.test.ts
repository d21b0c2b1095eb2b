import { beforeAll, expect, it } from 'vitest';
import type { Box } from '../../../src/api/types';
import { until } from '../../harness/until';
import { engineView } from '../local/fixture/engine-view';
import { gibibyte, unique } from '../local/fixture/wire';
import type { Reply } from './fixture/ask';
import { expectRefusal } from './fixture/refusal';
import { converse, type Conversation } from './fixture/socket';
import { stage } from './fixture/stage';
import { traces, type Traces } from './fixture/traces';

// A sandbox is deleted while all kinds of work go on in it. Each ends at once, with a reason.

const scene = stage();
const view = engineView();
let before: Traces;
const gone = [400, 404, 409];
const waiting = 'touch /root/$0 && exec sleep 60';
const underWay = {} as { execute: Reply; stream: Reply; socket: Conversation; late: Reply; twice: number[] };
let took: number;

beforeAll(async () => {
  const { wire, server } = scene.running;
  before = await traces(scene.running, view);
  const box = await wire.boot({ snapshot_id: scene.fill('{snapshot}') });
  const socketUrl = `${server.endpoint.replace('http', 'ws')}/v2/sandboxes/${box.id}/execute/ws`;
  const command = (name: string): string => waiting.replace('$0', name);
  const started = { shell: '/bin/sh', timeout_seconds: 60 };
  const work = Promise.all([
    scene.ask(`POST /${box.id}/execute`, { command: command('execute'), shell: '/bin/sh' }),
    scene.ask(`POST /${box.id}/execute/stream/start`, {
      ...started,
      command: command('stream'),
      command_id: 's',
    }),
    converse(socketUrl, { 'X-Api-Key': server.apiKey }, [
      { ...started, type: 'execute', command: command('socket'), command_id: 'w' },
    ]),
  ]);
  await until('the commands to run', async () => {
    const { stdout } = await wire.execute(box.id, { command: 'ls /root', shell: '/bin/sh' });
    return stdout.includes('execute') ? true : undefined;
  });
  const startedAt = performance.now();
  const deletions = await Promise.all([0, 1].map(() => scene.ask(`DELETE /boxes/${box.id}`)));
  [underWay.execute, underWay.stream, underWay.socket] = await work;
  took = performance.now() - startedAt;
  underWay.twice = deletions.map(({ status }) => status);
  underWay.late = await scene.ask(`POST /${box.id}/execute`, { command: 'true' });
});

it('what ran over plain HTTP is told so, or that it was killed', () => {
  const { status, text } = underWay.execute;
  if (status === 200) expect(JSON.parse(text)).toMatchObject({ exit_code: 137 });
  else expectRefusal(underWay.execute, gone, /delet|sandbox/);
});

it('what ran on a stream is told so', () => {
  expect(underWay.stream.status).toBe(200);
  expect(underWay.stream.text).toMatch(/event: ?(error|exit)\n/);
});

it('what ran on a socket is told so', () => {
  const { messages } = underWay.socket;
  expect(messages.at(-1)?.type).toMatch(/error|exit/);
});

it('all of it ended soon', () => expect(took).toBeLessThan(15_000));

it('of two that delete it, none fails', () => {
  for (const status of underWay.twice) expect([204, 404]).toContain(status);
});

it('what comes too late finds nothing', () => expectRefusal(underWay.late, [404], /sandbox/));

it('a sandbox deleted while somebody waits for it to become ready', async () => {
  const name = `leaving-${unique()}`;
  const request = { name, snapshot_id: scene.fill('{snapshot}'), wait_for_ready: true };
  const created = scene.ask('POST /boxes', request);
  await until('the sandbox to be listed', async () => {
    const { status } = await scene.ask(`GET /boxes/${name}`);
    return status === 200 ? true : undefined;
  });
  expect((await scene.ask(`DELETE /boxes/${name}`)).status).toBe(204);
  const reply = await created;
  // It may have been ready by then.
  if (reply.status !== 201) expectRefusal(reply, [...gone, 422], /delet/);
  else expect((JSON.parse(reply.text) as Box).name).toBe(name);
});

it('a snapshot deleted while it is built', async () => {
  const request = {
    name: `leaving/${unique()}`,
    docker_image: '127.0.0.1:1/none:1',
    fs_capacity_bytes: gibibyte,
  };
  const { id } = JSON.parse((await scene.ask('POST /snapshots', request)).text) as { id: string };
  expect((await scene.ask(`DELETE /snapshots/${id}`)).status).toBe(204);
  await until('the snapshot to be gone', async () => {
    const { status } = await scene.ask(`GET /snapshots/${id}`);
    return status === 404 ? true : undefined;
  });
});

it('the server is up, and nothing was left behind', async () => {
  expect((await scene.running.wire.call('GET', '/boxes')).status).toBe(200);
  await expect.poll(() => traces(scene.running, view), { timeout: 10_000 }).toEqual(before);
});
