import { beforeEach, expect, it, vi } from 'vitest';
import type { Engine } from '../../../../src/local/engine/engine';
import { createBoxSpares, type BoxSpares } from '../../../../src/local/lifecycle/spares/box-spares';
import { insertSnapshot, updateSnapshot } from '../../../../src/local/store/snapshots';
import { lifecycleOver } from '../fixture/lifecycle';
import { newSnapshot } from '../fixture/rows';

/** What was asked of the engine, and what it answers: at once, unless a test holds it back. */
const asked: string[] = [];
let answer: Promise<void>;
let snapshot_id: string;
let other_id: string;
let beginDeletion: () => void;

const call = (name: string) => (): Promise<never> => {
  asked.push(name);
  return answer as Promise<never>;
};

function spares(): BoxSpares {
  const calls: Partial<Engine> = {
    createContainer: call('create'),
    startContainer: call('start'),
    removeContainer: call('remove'),
  };
  const lifecycle = lifecycleOver(calls);
  snapshot_id = insertSnapshot(lifecycle.database, newSnapshot(), 'latest').id;
  other_id = insertSnapshot(lifecycle.database, newSnapshot(), 'other').id;
  beginDeletion = () => updateSnapshot(lifecycle.database, snapshot_id, { status: 'deleting' });
  return createBoxSpares(lifecycle);
}

/** What follows an answer of the engine at once. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const make = (limits: { mem_bytes?: number } = {}) => ({
  snapshot_id,
  cpu_millicores: null,
  mem_bytes: limits.mem_bytes ?? null,
});

beforeEach(() => {
  asked.length = 0;
  answer = Promise.resolve();
});

it('one is made once no sandbox boots, and given to one sandbox of its make', async () => {
  const those = spares();
  const bootIsOver = those.standBack();
  const otherBootIsOver = those.standBack();
  those.prepare(make());
  those.prepare(make());
  bootIsOver();
  expect(asked).toEqual([]);
  otherBootIsOver();
  await vi.waitUntil(() => asked.includes('start'));
  await settled();
  expect(those.claim(make({ mem_bytes: 1 }))).toBeUndefined();
  const id = those.claim(make()) ?? '';
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(those.has(id)).toBe(false);
  expect(those.claim(make())).toBeUndefined();
  await those.close();
  expect(asked).toEqual(['create', 'start']);
});

it('one that is being made is not given, and a drop waits for it', async () => {
  const those = spares();
  let goOn = (): void => undefined;
  answer = new Promise((resolve) => (goOn = resolve));
  those.prepare(make());
  await vi.waitUntil(() => asked.includes('create'));
  expect(those.claim(make())).toBeUndefined();
  const dropped = those.drop(snapshot_id);
  expect(asked).toEqual(['create']);
  goOn();
  await dropped;
  expect(asked).toEqual(['create', 'start', 'remove']);
  expect(those.claim(make())).toBeUndefined();
});

it('none is made for a snapshot that is being deleted', async () => {
  const those = spares();
  those.prepare(make());
  beginDeletion();
  those.prepare({ ...make(), snapshot_id: other_id });
  await vi.waitUntil(() => asked.includes('start'));
  await settled();
  expect(those.claim(make())).toBeUndefined();
  expect(those.claim({ ...make(), snapshot_id: other_id })).toBeDefined();
  expect(asked).toEqual(['create', 'start']);
});

it('one that the engine refuses to make is removed, and the next boot asks for another', async () => {
  const those = spares();
  answer = Promise.reject(new Error('disk full'));
  answer.catch(() => undefined);
  those.prepare(make());
  await vi.waitUntil(() => asked.includes('remove'));
  answer = Promise.resolve();
  those.prepare(make());
  await vi.waitUntil(() => asked.includes('start'));
  await those.close();
  expect(asked).toEqual(['create', 'remove', 'create', 'start', 'remove']);
});

it('there are at most three: the one that was made first goes', async () => {
  const those = spares();
  for (const mem_bytes of [1, 2, 3, 4]) {
    those.prepare(make({ mem_bytes }));
    await vi.waitUntil(() => asked.filter((name) => name === 'start').length === mem_bytes);
  }
  await settled();
  await vi.waitUntil(() => asked.includes('remove'));
  expect([1, 2, 3, 4].map((mem_bytes) => those.claim(make({ mem_bytes })) !== undefined)).toEqual([
    false,
    true,
    true,
    true,
  ]);
});
