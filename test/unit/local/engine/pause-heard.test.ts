import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { commitContainer } from '../../../../src/local/engine/commit';
import type { Connection } from '../../../../src/local/engine/connection';
import { docker } from '../../../../src/local/engine/docker';
import { EngineError } from '../../../../src/local/engine/engine-error';
import type { EngineHttp, EngineRequest } from '../../../../src/local/engine/http/http';
import { createStarts } from '../../../../src/local/engine/starts';
import { commitSpec } from '../../../contract/engine/fixture/commit-spec';
import { until } from '../../../harness/until';

// The process of ours after whose end the engine has heard of a pause, over an engine that is scripted.

const never = new AbortController().signal;
const refused = new EngineError('other', 'no');
const relay = { size: 1, mode: 0o755, mtime: '2026-01-01T00:00:00Z', linkTarget: '' };
const headers = { 'x-docker-container-path-stat': Buffer.from(JSON.stringify(relay)).toString('base64') };

function engine(answerTo: (path: string) => object, hasCgroups = true) {
  const sent: EngineRequest[] = [];
  const send = async (request: EngineRequest): Promise<unknown> => {
    sent.push(request);
    await Promise.resolve();
    const answer = answerTo(request.path);
    if (answer instanceof Error) throw answer;
    return Object.assign(Readable.from([JSON.stringify(answer)]), { headers });
  };
  const http = { url: 'scripted', send } as unknown as EngineHttp;
  const logged: string[] = [];
  const log = { info: () => undefined, error: (line: string) => void logged.push(line) };
  const info = { hasCgroups };
  const connection = { http, dialect: docker, starts: createStarts(), log, info } as unknown as Connection;
  return { connection, sent, logged };
}

it.each([
  ['succeeds', { Id: 'image' }],
  ['fails', refused],
])('after a commit that %s the next pause waits until that process has ended', async (_, outcome) => {
  let isRunning = true;
  const { connection, sent } = engine((path) => {
    if (path === '/commit') return outcome;
    return path.endsWith('/json') ? { Running: isRunning } : { Id: 'marker' };
  });
  const order: string[] = [];
  const committed = commitContainer(connection, 'box', commitSpec('a:b'), never).catch(() => 'failed');
  const next = connection.starts.pausing('box', never, () => Promise.resolve(order.push('paused')));
  await committed;
  const looks = (): number => sent.filter(({ path }) => path === '/exec/marker/json').length;
  await until('it to be looked at twice', () => Promise.resolve(looks() >= 2 || undefined));
  order.push('ended');
  isRunning = false;
  await next;
  expect(order).toEqual(['ended', 'paused']);
  const made = sent.find(({ path }) => path === '/containers/box/exec');
  expect(made?.json).toMatchObject({ WorkingDir: '/', User: '0' });
});

it.each([
  ['runs', { State: { Running: true } }, ['no']],
  ['can not be looked at', refused, ['no']],
  ['has stopped', { State: { Running: false } }, []],
  ['is gone', new EngineError('not-found', 'No such container'), []],
])(
  'where that process is refused no pause waits; the log says so if the container %s',
  async (_, look, told) => {
    const { connection, logged } = engine((path) => {
      if (path === '/commit') return { Id: 'image' };
      return path === '/containers/box/json' ? look : refused;
    });
    await commitContainer(connection, 'box', commitSpec('a:b'), never);
    expect(await connection.starts.pausing('box', never, () => Promise.resolve('paused'))).toBe('paused');
    expect(logged).toEqual(told.map((reason) => expect.stringContaining(reason) as string));
  },
);

it('nothing is logged of a pause that is not heard of because our own connection is closed', async () => {
  const cause = Object.assign(new Error('closed'), { code: 'UND_ERR_DESTROYED' });
  const closed = new EngineError('engine-unreachable', 'closed', { cause });
  const { connection, sent, logged } = engine((path) => (path === '/commit' ? { Id: 'image' } : closed));
  await commitContainer(connection, 'box', commitSpec('a:b'), never);
  await connection.starts.pausing('box', never, () => Promise.resolve());
  expect([sent.length > 1, logged]).toEqual([true, []]);
});

it('an engine that can not pause is not asked to, and neither starts nor pauses wait for it', async () => {
  const { connection, sent } = engine(() => ({ Id: 'image' }), false);
  const earlier = await connection.starts.begin('box', never);
  const committed = commitContainer(connection, 'box', commitSpec('a:b'), never);
  const during = await connection.starts.begin('box', never);
  await committed;
  for (const begun of [earlier, during]) begun();
  expect(await connection.starts.pausing('box', never, () => Promise.resolve('next'))).toBe('next');
  expect(sent.map(({ path, query }) => [path, query?.['pause']])).toEqual([['/commit', false]]);
});
