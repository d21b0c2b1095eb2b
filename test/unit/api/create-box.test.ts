import { describe, expect, it } from 'vitest';
import { createBox } from '../../../src/api/boxes';
import type { Box } from '../../../src/api/types';
import { reply, scripted } from './scripted-server';

const body = { name: 'mine', snapshot_id: 's1' };
const made = (facts: Partial<Box> = {}): Box => ({
  id: 'b1',
  name: 'mine',
  status: 'ready',
  snapshot_id: 's1',
  created_at: new Date().toISOString(),
  ...facts,
});

/** A server that never answers a POST in full, and tells of one sandbox. */
const silent = (how: 'break' | 'hang', box: () => Box | undefined) =>
  scripted((response, { method }) => {
    const found = box();
    if (method === 'GET') reply(response, found ? 200 : 404, found ?? { detail: 'none' });
    else if (how === 'break') response.destroy();
  });

describe.each([
  ['break', 'ambiguous', undefined],
  ['hang', 'deadline', 100],
] as const)('creating a sandbox when no answer comes (%s)', (how, kind, timeoutMs) => {
  it('finds the one that was made instead of making another', async () => {
    const { transport, seen } = await silent(how, made);
    expect(await createBox(transport, { snapshot_id: 's1' }, { timeoutMs })).toMatchObject({ id: 'b1' });
    const { name } = JSON.parse(seen[0]!.body) as { name: string };
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /api/v2/sandboxes/boxes',
      `GET /api/v2/sandboxes/boxes/${name}`,
    ]);
  });

  it.each([
    ['none was made', undefined],
    ['the one of that name stands on another snapshot', made({ snapshot_id: 'other' })],
    ['the one of that name is older', made({ created_at: '2020-01-01T00:00:00Z' })],
    ['the one of that name does not tell its age', made({ created_at: null })],
  ])('says so when %s', async (_, box) => {
    const { transport, seen } = await silent(how, () => box);
    await expect(createBox(transport, body, { timeoutMs })).rejects.toMatchObject({ kind });
    expect(seen).toHaveLength(2);
  });
});
