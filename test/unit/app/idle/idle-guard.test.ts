import { expect, it } from 'vitest';
import type { Box } from '../../../../src/api/types';
import { IdleGuard, warnBeforeMs } from '../../../../src/app/idle/idle-guard';
import { Uses } from '../../../../src/app/idle/uses';
import { sessionOverScriptedApi } from '../session-over';

const minute = 60_000;
const start = Date.parse('2026-01-01T12:00:00Z');
const at = (ms: number): string => new Date(ms).toISOString();

async function guarding(facts: Partial<Box>) {
  const { api, session } = await sessionOverScriptedApi();
  const box = api.addBox({ name: 'agent', status: 'ready', idle_ttl_seconds: 600, ...facts });
  const told: string[] = [];
  const guarded = new Set([box.id]);
  const uses = new Uses();
  const guard = new IdleGuard({
    session: () => session,
    guarded: () => guarded,
    uses,
    onSoon: (_, { name }, leftMs) => told.push(`${name} in ${leftMs / minute} min`),
    onStopped: (_, { name }) => told.push(`${name} stopped`),
    onError: (error) => told.push(String(error)),
  });
  return { api, session, box, told, guarded, uses, guard };
}

it('a stop for want of use is told of two minutes before, once, and again after more use', async () => {
  const { told, uses, guard, box } = await guarding({});
  uses.touch(box.id, start);
  await guard.look(start);
  await guard.look(start + 7 * minute);
  expect(told).toEqual([]);
  await guard.look(start + 8 * minute);
  await guard.look(start + 9 * minute);
  expect(told).toEqual(['agent in 2 min']);
  uses.touch(box.id, start + 9 * minute);
  await guard.look(start + 11 * minute);
  await guard.look(start + 17 * minute);
  expect(told).toEqual(['agent in 2 min', 'agent in 2 min']);
});

it('the server is asked only when a stop may be near', async () => {
  const { api, uses, guard, box } = await guarding({});
  uses.touch(box.id, start);
  for (let ms = 0; ms < 8 * minute; ms += 10_000) await guard.look(start + ms);
  expect(api.seen.filter((line) => line.startsWith('GET /boxes/'))).toHaveLength(1);
  await guard.look(start + 8 * minute);
  expect(api.seen.filter((line) => line.startsWith('GET /boxes/'))).toHaveLength(2);
});

it('a server that tells since when nothing uses a sandbox is believed: one in use is not stopped', async () => {
  const { told, uses, guard, box } = await guarding({ idle_since: null });
  uses.touch(box.id, start - 30 * minute);
  await guard.look(start);
  expect(told).toEqual([]);
  box.idle_since = at(start - 4 * minute);
  await guard.look(start + 5 * minute);
  expect(told).toEqual(['agent in 1 min']);
});

it('a stop that has been is told with its reason, once, and its row says the same; one that the user asked for is not', async () => {
  const { session, told, uses, guard, box } = await guarding({});
  await session.inventory.boxes.refresh();
  Object.assign(box, { status: 'stopped', stopped_at: at(start + 10 * minute) });
  uses.touch(box.id, start);
  await guard.look(start + 11 * minute);
  await guard.look(start + 20 * minute);
  expect(told).toEqual(['agent stopped']);
  expect(session.inventory.boxes.find(box.id)?.status).toBe('stopped');
  const other = await guarding({ status: 'stopped', stopped_at: at(start + 3 * minute) });
  other.uses.touch(other.box.id, start);
  await other.guard.look(start + 11 * minute);
  expect(other.told).toEqual([]);
});

it('of one whose terminal ended with the stop it is told as well, and why; not of one whose terminal was closed before', async () => {
  const { api, told, guarded, uses, guard, box } = await guarding({});
  uses.touch(box.id, start);
  await guard.look(start + 9 * minute);
  Object.assign(box, { status: 'stopped', stopped_at: at(start + 10 * minute) });
  guarded.clear();
  await guard.look(start + 10 * minute);
  await guard.look(start + 11 * minute);
  expect(told).toEqual(['agent in 1 min', 'agent stopped']);
  expect(api.seen).toHaveLength(2);
  const other = await guarding({});
  other.uses.touch(other.box.id, start);
  await other.guard.look(start + 5 * minute);
  other.guarded.clear();
  await other.guard.look(start + 6 * minute);
  expect(other.api.seen).toHaveLength(1);
});

it('a stop counts as one for want of use also where the server knew of the last use some seconds before', async () => {
  const { told, uses, guard, box } = await guarding({});
  Object.assign(box, { status: 'stopped', stopped_at: at(start + 10 * minute) });
  uses.touch(box.id, start + 5_000);
  await guard.look(start + 11 * minute);
  expect(told).toEqual(['agent stopped']);
});

it('one that nobody would miss, or that never stops by itself, is left in peace', async () => {
  const { api, guarded, guard } = await guarding({});
  guarded.clear();
  await guard.look(start);
  expect(api.seen).toEqual([]);
  const endless = await guarding({ idle_ttl_seconds: 0 });
  endless.uses.touch(endless.box.id, start - warnBeforeMs);
  for (let ms = 0; ms < 20 * minute; ms += minute) await endless.guard.look(start + ms);
  expect(endless.told).toEqual([]);
  expect(endless.api.seen).toHaveLength(4);
});
