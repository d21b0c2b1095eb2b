import { expect, it } from 'vitest';
import {
  capacityGb,
  cpus,
  cpusFor,
  memoryFor,
  memoryGb,
  parseQuantity,
  timeoutSeconds,
} from '../../../src/app/quantities';

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

it('memory and CPUs bound each other, within what each may be', () => {
  expect([memoryFor(undefined), cpusFor(undefined)]).toEqual([memoryGb, cpus]);
  expect(memoryFor(0.1)).toEqual({ least: 0.25, most: 0.6, whole: false });
  expect(memoryFor(0.5)).toEqual({ least: 1, most: 3, whole: false });
  expect(memoryFor(16)).toEqual({ least: 32, most: 64, whole: false });
  expect(cpusFor(1)).toEqual({ least: 0.17, most: 0.5, whole: false });
  expect(cpusFor(64)).toEqual({ least: 10.67, most: 16, whole: false });
});
