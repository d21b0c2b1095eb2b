import { expect, it } from 'vitest';
import type { Target } from '../../../../src/app/target';
import { KeptTerminals, type KeptTerminal } from '../../../../src/app/terminals/kept';
import { areTerminalsLeft } from '../../../../src/app/terminals/left';
import { memento } from '../memento';

const local: Target = { kind: 'local' };
const cloud: Target = { kind: 'langsmith', endpoint: 'https://api.example.com' };
const kept = (commandId: string, target: Target = local): KeptTerminal => ({
  commandId,
  boxId: `box-of-${commandId}`,
  boxName: 'agent',
  target,
  startedAt: '2020-01-01T00:00:00Z',
  attachedAt: Date.now(),
});

it('terminals that a window had are offered to the next one, on the connection they are of, newest first', async () => {
  const state = memento();
  const before = new KeptTerminals(state);
  for (const one of [kept('a'), kept('b'), kept('c', cloud)]) await before.attach(one);
  expect(before.left(local)).toEqual([]);
  expect(areTerminalsLeft(state)).toBe(true);
  const after = new KeptTerminals(state);
  expect(after.left(local).map(({ commandId }) => commandId)).toEqual(['b', 'a']);
  expect(after.left(cloud).map(({ commandId }) => commandId)).toEqual(['c']);
});

it('one that is attached to again is offered no more; one that ended is forgotten; one that was left is offered', async () => {
  const state = memento();
  const terminals = new KeptTerminals(state);
  await terminals.attach(kept('a'));
  terminals.detach('a');
  expect(terminals.left(local)).toHaveLength(1);
  await terminals.attach(kept('a'));
  expect(terminals.left(local)).toEqual([]);
  await terminals.forget('a');
  expect(areTerminalsLeft(state)).toBe(false);
});

it('what nobody was attached to for a day has ended by itself, however long it ran before', async () => {
  const state = memento();
  const now = Date.now();
  const terminals = new KeptTerminals(state);
  await terminals.attach(kept('a'));
  const day = 24 * 3_600_000;
  expect(new KeptTerminals(state).left(local, now + day / 2)).toHaveLength(1);
  expect(new KeptTerminals(state).left(local, now + 2 * day)).toEqual([]);
  expect(areTerminalsLeft(state, now + 2 * day)).toBe(false);
  await terminals.refresh(now + day);
  expect(areTerminalsLeft(state, now + 2 * day - 1)).toBe(true);
});

it('the sandboxes of the terminals on the screen are known', async () => {
  const terminals = new KeptTerminals(memento());
  await terminals.attach(kept('a'));
  await terminals.attach(kept('b'));
  terminals.detach('b');
  expect([...terminals.attachedBoxes]).toEqual(['box-of-a']);
});
