import { expect, it } from 'vitest';
import { CommandHistory } from '../../../../src/app/runs/history';
import { memento } from '../memento';

const redact = (text: string): string => text.replace('the-secret', '•••');

it('what was run in a sandbox is there again, newest first and once, also for the next window', async () => {
  const state = memento();
  const history = new CommandHistory(state, redact);
  for (const command of ['pip list', 'ls', 'pip list']) await history.remember('one', command);
  await history.remember('two', 'pwd');
  const next = new CommandHistory(state, redact);
  expect(next.of('one')).toEqual(['pip list', 'ls']);
  expect(next.of('two')).toEqual(['pwd']);
  expect(next.of('three')).toEqual([]);
});

it('a command after a space, or with a secret in it, is not kept', async () => {
  const state = memento();
  const history = new CommandHistory(state, redact);
  await history.remember('one', ' export KEY=x');
  await history.remember('one', 'curl -H X-Api-Key:the-secret');
  expect(history.of('one')).toEqual([]);
  expect([...state.stored.values()].join()).not.toContain('the-secret');
});

it('only so much is kept', async () => {
  const history = new CommandHistory(memento(), redact);
  for (let index = 0; index < 40; index++) await history.remember('one', `echo ${index}`);
  expect(history.of('one')).toHaveLength(30);
  expect(history.of('one')[0]).toBe('echo 39');
  for (let index = 0; index < 60; index++) await history.remember(`box-${index}`, 'ls');
  expect(history.of('one')).toEqual([]);
  expect(history.of('box-59')).toEqual(['ls']);
});
