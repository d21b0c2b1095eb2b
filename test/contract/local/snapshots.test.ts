import { beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/api/types';
import { runningServer } from './fixture/running-server';
import { baseImage, sentence, type Answer } from './fixture/wire';

const running = runningServer();
const get = (asked: string): Promise<Answer> =>
  running.wire.call('GET', `/snapshots/${encodeURIComponent(asked)}`);

describe('names and tags', () => {
  let first: Snapshot;
  let second: Snapshot;
  let tagged: Snapshot;

  beforeAll(async () => {
    first = await running.wire.build('names/app');
    second = await running.wire.build('names/app');
    tagged = await running.wire.build('names/app', baseImage(), { tag: 'v1' });
  });

  it('a tag given again moves; the older snapshot goes on without, by its id', async () => {
    expect((await get('names/app')).json).toMatchObject({ id: second.id, tags: ['latest'] });
    expect((await get('names/app:latest')).json).toMatchObject({ id: second.id });
    expect((await get(first.id)).json).toMatchObject({ id: first.id, status: 'ready', tags: [] });
  });

  it('other tags of the name stand beside it', async () => {
    expect((await get('names/app:v1')).json).toMatchObject({ id: tagged.id, tags: ['v1'] });
    const byName = await running.wire.expect(200, 'GET', '/snapshots-by-name/names%2Fapp');
    expect(byName).toEqual({
      name: 'names/app',
      tags: [
        { tag: 'latest', snapshot_id: second.id },
        { tag: 'v1', snapshot_id: tagged.id },
      ],
    });
  });

  it('a bare name whose tag is gone is its newest ready snapshot without a tag', async () => {
    const old = await running.wire.build('names/fallback');
    const newer = await running.wire.build('names/fallback');
    await running.wire.expect(204, 'DELETE', `/snapshots/${newer.id}`);
    expect((await get('names/fallback')).json).toMatchObject({ id: old.id });
    expect((await get('names/fallback:latest')).status).toBe(404);
  });

  it('a deletion by bare name that is sent twice leaves the snapshot before it', async () => {
    const old = await running.wire.build('names/twice');
    await running.wire.build('names/twice');
    await running.wire.expect(204, 'DELETE', '/snapshots/names%2Ftwice');
    expect((await running.wire.call('DELETE', '/snapshots/names%2Ftwice')).status).toBe(404);
    expect((await get('names/twice')).json).toMatchObject({ id: old.id, tags: [] });
    await running.wire.expect(204, 'DELETE', `/snapshots/${old.id}`);
  });

  it('a name whose newest build failed still boots from the snapshot before it', async () => {
    const good = await running.wire.build('names/rebuilt');
    const failed = await running.wire.build('names/rebuilt', '127.0.0.1:1/nothing:1');
    expect(failed).toMatchObject({ status: 'failed', tags: ['latest'] });
    for (const snapshot_name of ['names/rebuilt', 'names/rebuilt:latest'])
      expect(await running.wire.boot({ snapshot_name })).toMatchObject({ snapshot_id: good.id });
    const byId = await running.wire.call('POST', '/boxes', { snapshot_id: failed.id });
    expect([byId.status, sentence(byId)]).toEqual([400, expect.stringContaining('failed')]);
  });

  it('are deleted by id or by name:tag, and then are not found', async () => {
    await running.wire.expect(204, 'DELETE', '/snapshots/names%2Fapp:v1');
    const answer = await get(tagged.id);
    expect([answer.status, sentence(answer)]).toEqual([404, `There is no snapshot ${tagged.id} here.`]);
    expect((await running.wire.call('DELETE', '/snapshots/nobody')).status).toBe(404);
  });
});
