import { expect, it } from 'vitest';
import { capacityGb, cpus, parseQuantity, timeoutSeconds } from '../../../src/app/quantities';

it.each([
  ['8', capacityGb, 8],
  [' 64 ', capacityGb, 64],
  ['0.5', cpus, 0.5],
  ['0,5', cpus, 0.5],
  ['60', timeoutSeconds, 60],
])('%j is a quantity', (text, bounds, quantity) => {
  expect(parseQuantity(text, bounds)).toEqual({ ok: true, quantity });
});

it.each([
  ['', capacityGb, 'not-a-number'],
  ['eight', capacityGb, 'not-a-number'],
  ['Infinity', capacityGb, 'not-a-number'],
  ['1.5', capacityGb, 'not-whole'],
  ['0', capacityGb, 'too-small'],
  ['65', capacityGb, 'too-large'],
  ['-1', cpus, 'too-small'],
  ['17', cpus, 'too-large'],
])('%j is refused', (text, bounds, problem) => {
  expect(parseQuantity(text, bounds)).toEqual({ ok: false, problem });
});
