import { expect, it } from 'vitest';
import { durationInput, longestStoppedSeconds, parseDuration } from '../../../src/app/duration';

it.each([
  ['0', 0],
  ['30', 1800],
  ['30 min', 1800],
  ['5m', 300],
  ['2 h', 7200],
  ['1.5h', 5400],
  ['1,5 H', 5400],
  ['14 d', 1_209_600],
])('“%s” is a time', (text, seconds) => {
  expect(parseDuration(text, longestStoppedSeconds)).toEqual({ ok: true, seconds });
});

it.each([
  ['soon', 'not-a-duration'],
  ['', 'not-a-duration'],
  ['-5', 'not-a-duration'],
  ['5 weeks', 'not-a-duration'],
  ['0.5 min', 'not-whole'],
  ['31 d', 'too-long'],
])('“%s” is none that the API takes', (text, problem) => {
  expect(parseDuration(text, longestStoppedSeconds)).toEqual({ ok: false, problem });
});

it('is shown as it can be typed', () => {
  for (const seconds of [0, 60, 3600, 5400, 86_400, 1_209_600]) {
    expect(parseDuration(durationInput(seconds), longestStoppedSeconds)).toEqual({ ok: true, seconds });
  }
});
