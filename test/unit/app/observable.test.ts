import { expect, it } from 'vitest';
import { Observable } from '../../../src/app/observable';

it('tells each replacement, not the same value again, and nothing after the subscription ended', () => {
  const observable = new Observable('a');
  const heard: string[] = [];
  const subscription = observable.subscribe((value) => heard.push(value));
  observable.set('b');
  observable.set('b');
  subscription.dispose();
  observable.set('c');
  expect(heard).toEqual(['b']);
  expect(observable.value).toBe('c');
});

it('keeps two subscriptions of one listener apart', () => {
  const observable = new Observable(0);
  let calls = 0;
  const listener = (): void => {
    calls++;
  };
  const first = observable.subscribe(listener);
  observable.subscribe(listener);
  first.dispose();
  observable.set(1);
  expect(calls).toBe(1);
});
