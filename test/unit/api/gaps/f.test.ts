import { describe, expect, it } from 'vitest';
import { allBoxes } from '../../../../src/api/boxes';
import { allRegistries } from '../../../../src/api/registries';
import { serviceAccess } from '../../../../src/api/service-access';
import { allSnapshots } from '../../../../src/api/snapshots';
import { reply } from '../scripted-server';
import { bothSides, everyOne } from './sides';

describe('F, coverage', { timeout: 20_000 }, () => {
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

  it('F an iterator gives every snapshot of a server that pages by offsets, the official SDK one page a call', async () => {
    const names = ['a', 'b', 'c'];
    const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response, { url }) => {
      const offset = Number(new URL(url, 'http://x').searchParams.get('offset') ?? 0);
      const next = offset + 1 < names.length ? offset + 1 : 0;
      reply(response, 200, { snapshots: [{ id: names[offset], name: names[offset] }], offset: next });
    });
    expect((await official.listSnapshots({ limit: 1 })).map(({ name }) => name)).toEqual(['a']);
    expect(seenOfOfficial()).toHaveLength(1);
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
