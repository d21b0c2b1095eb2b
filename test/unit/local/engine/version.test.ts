import { expect, it } from 'vitest';
import { usableVersion } from '../../../../src/local/engine/version';

it.each([
  ['1.41', '1.12', '1.41'],
  ['1.40', undefined, '1.40'],
  ['1.52', '1.44', '1.47'],
  ['1.100', '1.24', '1.47'],
])('an engine that offers up to %s from %s is spoken to in %s', (max, min, used) => {
  expect(usableVersion(max, min)).toBe(used);
});

it('an engine that is too old is told so', () => {
  expect(() => usableVersion('1.39', '1.12')).toThrow(/Too old.*1\.39.*1\.40/);
});

it('an engine that is too new is told so', () => {
  expect(() => usableVersion('2.0', '1.60')).toThrow(/Too new.*1\.60/);
});
