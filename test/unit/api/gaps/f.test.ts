import { describe, expect, it } from 'vitest';
import { allBoxes, deleteBoxes, updateBox } from '../../../../src/api/boxes';
import { startCommand } from '../../../../src/api/commands/command';
import { allRegistries, updateRegistry } from '../../../../src/api/registries';
import { serviceAccess } from '../../../../src/api/service-access';
import {
  allServiceUrls,
  createDownloadUrl,
  deleteServiceUrls,
  endServiceAccess,
  grantServiceAccess,
} from '../../../../src/api/services';
import {
  allSnapshots,
  captureSnapshot,
  createSnapshot,
  getSnapshotTags,
} from '../../../../src/api/snapshots';
import type { Transport } from '../../../../src/api/transport';
import { getUsage } from '../../../../src/api/usage';
import { reply } from '../scripted-server';
import { scriptedSockets } from '../scripted-sockets';
import { bothSides, everyOne, officialSockets } from './sides';

const base = '/api/v2/sandboxes';

describe('F, coverage', { timeout: 20_000 }, () => {
  it('F a terminal takes another size, the official SDK’s has no word for it', async () => {
    const script = {
      onFrame: ({ say }: { say: (frame: object) => void }, frame: Record<string, unknown>) => {
        if (frame['type'] === 'resize') say({ type: 'exit', exit_code: 0 });
        else say({ type: 'started', command_id: frame['command_id'], pid: 1 });
      },
    };
    const theirs = await officialSockets(script);
    expect(await theirs.sandbox.run('sh', { wait: false, pty: true })).not.toHaveProperty('resize');
    const { transport, box, frames } = await scriptedSockets(script);
    const command = startCommand(transport, box, { pty: true, cols: 80, rows: 24 });
    command.resize({ cols: 120, rows: 40 });
    expect(await command.exited()).toBe(0);
    expect(frames).toMatchObject([
      { type: 'execute', pty: true, cols: 80, rows: 24 },
      { type: 'resize', cols: 120, rows: 40 },
    ]);
  });

  it('F an iterator gives every sandbox by cursors, the official SDK the first page', async () => {
    const page = (item: string, next_cursor: string | null): object => ({
      sandboxes: [{ id: item, name: item }],
      items: [{ id: item, name: item }],
      offset: next_cursor ? 1 : 0,
      next_cursor,
    });
    const { official, ours, seenOfOurs } = await bothSides((response, { url }) => {
      if (url.includes('cursor=c3')) reply(response, 200, page('three', null));
      else if (url.includes('cursor=c2')) reply(response, 200, { ...page('none', 'c3'), items: [] });
      else reply(response, 200, page('one', 'c2'));
    });
    expect((await official.listSandboxes()).map(({ name }) => name)).toEqual(['one']);
    const query = { label: ['team', 'env=prod'], sort_by: 'stopped_at' as const, sort_order: 'asc' as const };
    expect((await everyOne(allBoxes(ours, query))).map(({ name }) => name)).toEqual(['one', 'three']);
    const [first, second] = seenOfOurs().map(({ url }) => new URL(url, 'http://x').searchParams);
    expect(first?.getAll('label')).toEqual(['team', 'env=prod']);
    expect(Object.fromEntries(first!)).toMatchObject({
      page_size: '100',
      sort_by: 'stopped_at',
      sort_order: 'asc',
    });
    expect(Object.fromEntries(second!)).toMatchObject({ cursor: 'c2', sort_by: 'stopped_at' });
  });

  it('F an iterator gives every snapshot of a server that pages by offsets', async () => {
    const names = ['a', 'b', 'c'];
    const { ours, seenOfOurs } = await bothSides((response, { url }) => {
      const offset = Number(new URL(url, 'http://x').searchParams.get('offset') ?? 0);
      const next = offset + 1 < names.length ? offset + 1 : 0;
      reply(response, 200, { snapshots: [{ id: names[offset], name: names[offset] }], offset: next });
    });
    expect((await everyOne(allSnapshots(ours, { limit: 1 }))).map(({ name }) => name)).toEqual(names);
    expect(seenOfOurs()).toHaveLength(3);
  });

  it('F an iterator that is left early asks for no more', async () => {
    const { ours, seenOfOurs } = await bothSides((response) =>
      reply(response, 200, { items: [{ name: 'r' }], next_cursor: 'more' }),
    );
    for await (const registry of allRegistries(ours)) {
      expect(registry.name).toBe('r');
      break;
    }
    expect(seenOfOurs()).toHaveLength(1);
  });

  const calls: [string, string, object | undefined, (transport: Transport) => Promise<unknown>][] = [
    [
      'deleteSandboxes',
      `POST ${base}/boxes/batch-delete`,
      { names: ['a', 'b'] },
      (t) => deleteBoxes(t, ['a', 'b']),
    ],
    [
      'resizeSandbox',
      `PATCH ${base}/boxes/a`,
      { cpu_millicores: 500, mem_bytes: 1, tag_value_ids: ['t'] },
      (t) => updateBox(t, 'a', { cpu_millicores: 500, mem_bytes: 1, tag_value_ids: ['t'] }),
    ],
    ['getSnapshotTags', `GET ${base}/snapshots-by-name/a%2Fb`, undefined, (t) => getSnapshotTags(t, 'a/b')],
    [
      'tagSnapshot',
      `POST ${base}/snapshots`,
      { name: 'a', docker_image: 'i', fs_capacity_bytes: 1, tag: 'v1', description: 'd', labels: { k: 'v' } },
      (t) =>
        createSnapshot(t, {
          name: 'a',
          docker_image: 'i',
          fs_capacity_bytes: 1,
          tag: 'v1',
          description: 'd',
          labels: { k: 'v' },
        }),
    ],
    [
      'captureMemory',
      `POST ${base}/boxes/a/snapshot`,
      { name: 's', include_memory: true, include: ['labels'], checkpoint: 'c' },
      (t) =>
        captureSnapshot(t, 'a', { name: 's', include_memory: true, include: ['labels'], checkpoint: 'c' }),
    ],
    [
      'updateRegistry',
      `PATCH ${base}/registries/r`,
      { url: 'https://r.test' },
      (t) => updateRegistry(t, 'r', { url: 'https://r.test' }),
    ],
    [
      'deleteServiceUrls',
      `DELETE ${base}/boxes/a/service-urls?port=80`,
      undefined,
      (t) => deleteServiceUrls(t, 'a', 80),
    ],
    [
      'listServiceUrls',
      `GET ${base}/boxes/a/service-urls?page_size=100`,
      undefined,
      (t) => everyOne(allServiceUrls(t, 'a')),
    ],
    [
      'grantServiceAccess',
      `POST ${base}/boxes/a/service-url`,
      { port: 80, access: 'workspace' },
      (t) => grantServiceAccess(t, 'a', { port: 80, access: 'workspace' }),
    ],
    [
      'endServiceAccess',
      `POST ${base}/boxes/a/service-url`,
      { port: 80, access: 'off' },
      (t) => endServiceAccess(t, 'a', 80),
    ],
    [
      'createDownloadLink',
      `POST ${base}/boxes/a/download-url`,
      { path: '/f', content_disposition: 'inline' },
      (t) => createDownloadUrl(t, 'a', { path: '/f', content_disposition: 'inline' }),
    ],
    ['getUsage', `GET ${base}/usage`, undefined, (t) => getUsage(t)],
  ];

  it.each(calls)('F %s is %s', async (name, request, body, call) => {
    const { official, ours, seenOfOurs } = await bothSides((response) => reply(response, 200, {}));
    await call(ours);
    expect(official).not.toHaveProperty(name);
    const [seen] = seenOfOurs();
    expect(`${seen?.method} ${seen?.url}`).toBe(request);
    if (body) expect(JSON.parse(seen!.body)).toEqual(body);
  });

  it('F a service’s token is renewed when it has a minute left, in one request for all who wait', async () => {
    let now = Date.parse('2026-01-01T00:00:00Z');
    const { ours, seenOfOurs } = await bothSides((response, _, count) =>
      reply(response, 200, {
        token: `token-${count}`,
        service_url: 'http://b1--80.localhost/',
        browser_url: 'http://b1--80.localhost/_svc/auth',
        expires_at: new Date(now + 600_000).toISOString(),
      }),
    );
    const enter = serviceAccess(ours, 'b1', { port: 80, expires_in_seconds: 600 }, () => now);
    const [one, two] = await Promise.all([enter(), enter()]);
    expect(one.token.reveal()).toBe('token-1');
    expect(two.token.reveal()).toBe('token-1');
    now += 539_000;
    expect((await enter()).token.reveal()).toBe('token-1');
    now += 1_000;
    expect((await enter()).token.reveal()).toBe('token-2');
    expect(seenOfOurs()).toHaveLength(2);
  });
});
