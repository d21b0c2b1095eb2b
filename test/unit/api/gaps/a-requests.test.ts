import { Langsmith } from 'langsmith';
import { describe, expect, it } from 'vitest';
import { createBox, getBox } from '../../../../src/api/boxes';
import { execute } from '../../../../src/api/commands';
import { glob } from '../../../../src/api/files/search';
import { createRegistry } from '../../../../src/api/registries';
import { getSnapshot } from '../../../../src/api/snapshots';
import { allCosts, getCosts } from '../../../../src/api/usage';
import { waitForBox, waitForSnapshot } from '../../../../src/api/wait';
import { reply } from '../scripted-server';
import { stopClock } from '../stopped-clock';
import { bothSides, everyOne, laterEvent, settled, unattended } from './sides';

describe('A, correctness of requests and waits', { timeout: 20_000 }, () => {
  it('A5 an abort rejects at once with its reason, the official SDK tries again', async () => {
    const { official, ours, seen } = await bothSides(() => undefined);
    const abort = new AbortController();
    const { signal } = abort;
    const mine = getBox(ours, 'b1', { signal });
    const order = settled({ ours: mine, official: official.getSandbox('b1', { signal }) });
    await expect.poll(() => seen.length).toBe(2);
    abort.abort('changed my mind');
    await expect(mine).rejects.toBe('changed my mind');
    await laterEvent();
    expect(order).toEqual(['ours']);
  });

  it.each([429, 502, 503, 504])(
    'A6 a passing %i is waited out as the server says, the official SDK fails',
    async (status) => {
      const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response, _, count) => {
        if (count === 1) reply(response, status, { detail: 'busy' }, { 'retry-after': '7' });
        else reply(response, 200, { id: 's1', name: 's', status: 'ready', fs_capacity_bytes: 1 });
      });
      const clock = stopClock();
      const mine = getSnapshot(ours, 's1');
      await clock.until(() => clock.timers.includes(7_000), true);
      clock.advance(6_999);
      await expect(official.getSnapshot('s1')).rejects.toThrow();
      expect(seenOfOfficial()).toHaveLength(1);
      expect(seenOfOurs()).toHaveLength(1);
      clock.advance(1);
      expect(await mine).toMatchObject({ id: 's1' });
    },
  );

  it('A6 a search in a sandbox, which changes nothing, is waited out too; a command is not', async () => {
    const { ours, seenOfOurs } = await bothSides((response, _, count) => {
      if (count === 1) reply(response, 503, { detail: 'busy' }, { 'retry-after': '0' });
      else if (count === 2) reply(response, 200, { matches: [] });
      else reply(response, 503, { detail: 'busy' }, { 'retry-after': '0' });
    });
    expect(await glob(ours, { id: 'b1' }, { path: '/', pattern: '*' })).toEqual({ matches: [] });
    await expect(execute(ours, { id: 'b1' }, { command: 'date' })).rejects.toMatchObject({ status: 503 });
    expect(seenOfOurs()).toHaveLength(3);
  });

  it('A8 a name that is taken is told at once, the official SDK asks again', async () => {
    const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response) =>
      reply(response, 409, { detail: { error: 'Conflict', message: 'the name is taken' } }),
    );
    void unattended(official.registries.create({ name: 'r', url: 'https://r.test' }) as Promise<unknown>);
    await expect(createRegistry(ours, { name: 'r', url: 'https://r.test' })).rejects.toMatchObject({
      kind: 'conflict',
      message: 'the name is taken',
    });
    await expect.poll(() => seenOfOfficial().length, { timeout: 15_000 }).toBeGreaterThan(1);
    expect(seenOfOurs()).toHaveLength(1);
  });

  it.each([
    ['is reset', 'ambiguous', undefined],
    ['is answered with 500', 'server', 500],
    ['is answered with 503', 'unavailable', 503],
  ])(
    'A8 a registry whose creation %s is asked for once, by the official SDK again',
    async (_, kind, status) => {
      const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response) => {
        if (status === undefined) response.destroy();
        else reply(response, status, { detail: 'no' }, { 'retry-after': '0' });
      });
      void unattended(official.registries.create({ name: 'r', url: 'https://r.test' }) as Promise<unknown>);
      const mine = createRegistry(ours, { name: 'r', url: 'https://r.test' });
      await expect(mine).rejects.toMatchObject({ kind, status });
      await expect.poll(() => seenOfOfficial().length, { timeout: 15_000 }).toBeGreaterThan(1);
      expect(seenOfOfficial().map(({ method }) => method)).toContain('POST');
      expect(seenOfOurs()).toHaveLength(1);
    },
  );

  it('A9 a list goes on over an empty page, the official SDK’s ends there', async () => {
    const { endpoint, ours } = await bothSides((response, { url }) =>
      url.includes('cursor=next')
        ? reply(response, 200, {
            items: [{ resource_id: 'b1', resource_type: 'SANDBOX' }],
            next_cursor: null,
          })
        : reply(response, 200, { items: [], next_cursor: 'next' }),
    );
    const range = { start_time: '2026-01-01T00:00:00Z', end_time: '2026-01-02T00:00:00Z' };
    const generated = new Langsmith({ baseURL: endpoint, apiKey: 'key-of-the-official-sdk' });
    expect(await everyOne(generated.sandboxes.listUsageCosts(range))).toEqual([]);
    expect(await everyOne(allCosts(ours, range))).toMatchObject([{ resource_id: 'b1' }]);
  });

  it('F what the server says beside the costs is given as it says it', async () => {
    const totals = { lcu: '3', told_later: ['x'] };
    const { ours, seenOfOurs } = await bothSides((response) => reply(response, 200, { items: [], totals }));
    const query = {
      start_time: '2026-06-01T00:00:00Z',
      end_time: '2026-07-01T00:00:00Z',
      include_totals: true,
    };
    expect(await getCosts(ours, query)).toEqual({ items: [], totals });
    expect(seenOfOurs()[0]?.url).toContain('include_totals=true');
  });

  it.each([408, 504])('A10 a creation that took too long (%i) is a timeout', async (status) => {
    const { official, ours } = await bothSides((response) =>
      reply(response, status, { detail: { error: 'Timeout', message: 'not ready in time' } }),
    );
    const name = status === 408 ? 'LangSmithResourceTimeoutError' : 'LangSmithSandboxError';
    await expect(official.createSandbox('s1')).rejects.toMatchObject({ name });
    await expect(createBox(ours, { snapshot_id: 's1' })).rejects.toMatchObject({ kind: 'timeout', status });
  });

  it('A11 a wait ends when the sandbox has stopped, the official SDK’s goes on', async () => {
    const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response) =>
      reply(response, 200, { status: 'stopped' }),
    );
    void unattended(official.waitForSandbox('b1', { timeout: 5 }));
    await expect(waitForBox(ours, 'b1', { timeoutMs: 5_000 })).rejects.toMatchObject({ status: 'stopped' });
    await expect.poll(() => seenOfOfficial().length, { timeout: 15_000 }).toBeGreaterThan(1);
    expect(seenOfOurs()).toHaveLength(1);
  });

  it('A11 a wait ends when the snapshot is being deleted, the official SDK’s goes on', async () => {
    const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response) =>
      reply(response, 200, { id: 's1', name: 's', status: 'deleting' }),
    );
    void unattended(official.waitForSnapshot('s1', { timeout: 5, pollInterval: 0.05 }));
    const mine = waitForSnapshot(ours, 's1', { timeoutMs: 5_000 });
    await expect(mine).rejects.toMatchObject({ status: 'deleting' });
    await expect.poll(() => seenOfOfficial().length, { timeout: 15_000 }).toBeGreaterThan(1);
    expect(seenOfOurs()).toHaveLength(1);
  });

  it('A11 what got ready just before the deadline is noticed by a last look, the official SDK tells of a timeout', async () => {
    let status = 'building';
    const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response) =>
      reply(response, 200, { id: 's1', name: 's', status }),
    );
    const clock = stopClock();
    const theirs = unattended(official.waitForSnapshot('s1', { timeout: 0.09 }));
    await clock.until(() => clock.timers.includes(90), true);
    const mine = unattended(waitForSnapshot(ours, 's1', { timeoutMs: 20 }));
    await clock.until(() => clock.timers.includes(20), true);
    status = 'ready';
    clock.advance(90);
    await expect(theirs).rejects.toMatchObject({ name: 'LangSmithResourceTimeoutError' });
    expect(await mine).toMatchObject({ status: 'ready' });
    expect([seenOfOfficial().length, seenOfOurs().length]).toEqual([1, 2]);
  });
});
