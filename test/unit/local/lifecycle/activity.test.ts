import { expect, it } from 'vitest';
import { createActivity } from '../../../../src/local/lifecycle/activity';

function activityAt(): {
  activity: ReturnType<typeof createActivity>;
  clock: { ms: number };
  uses: number[];
} {
  const clock = { ms: 0 };
  const uses: number[] = [];
  const record = (_: string, at: Date): void => void uses.push(at.getTime());
  return { activity: createActivity({ now: () => clock.ms, record }), clock, uses };
}

it('uses close together are written once, and a later one again', () => {
  const { activity, clock, uses } = activityAt();
  activity.touch('a');
  clock.ms = 4_999;
  activity.touch('a');
  clock.ms = 5_000;
  activity.touch('a');
  expect(uses).toEqual([0, 5_000]);
});

it('each use counts as the last one, also one that is not written', () => {
  const { activity, clock, uses } = activityAt();
  expect(activity.lastUse('a')).toBeUndefined();
  const release = activity.hold('a');
  clock.ms = 1_000;
  release();
  clock.ms = 4_000;
  activity.touch('a');
  expect(activity.lastUse('a')).toBe('1970-01-01T00:00:04.000Z');
  expect(uses).toEqual([0]);
});

it('a sandbox is held until the last holder lets go, and its end is written', () => {
  const { activity, clock, uses } = activityAt();
  const [first, second] = [activity.hold('a'), activity.hold('a')];
  clock.ms = 60_000;
  first();
  first();
  expect(activity.isHeld('a')).toBe(true);
  clock.ms = 70_000;
  second();
  expect(activity.isHeld('a')).toBe(false);
  expect(uses).toEqual([0, 60_000, 70_000]);
});

it('what is written is the time that is told, however long the writing takes', () => {
  let ms = 0;
  const uses: string[] = [];
  const record = (_: string, at: Date): void => void uses.push(at.toISOString());
  const activity = createActivity({ now: () => ++ms, record });
  activity.touch('a');
  expect(uses).toEqual([activity.lastUse('a')]);
  const release = activity.hold('b');
  expect(uses.at(-1)).toBe(activity.lastUse('b'));
  ms += 60_000;
  release();
  expect(uses.at(-1)).toBe(activity.lastUse('b'));
});
