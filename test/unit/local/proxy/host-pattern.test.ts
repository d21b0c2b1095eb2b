import { expect, it } from 'vitest';
import { isHostPattern } from '../../../../src/local/proxy/host-pattern';

it.each([
  'example.com',
  'a',
  '*',
  '*.example.com',
  'example.com:22',
  'bücher.example',
  '10.0.0.1',
  '10.0.0.1:5432',
  '10.0.0.0/8',
  '::1',
  'fd00::/64',
  '[::1]:22',
  String.raw`~^api\d+\.example\.com$`,
  '~(?i)^(?P<name>api)$',
  `${'a'.repeat(63)}.example`,
])('%s is a pattern of hosts', (pattern) => {
  expect(isHostPattern(pattern)).toBe(true);
});

it.each([
  '',
  ' ',
  '~',
  '~(',
  '~[z-a]',
  'a b',
  'https://example.com',
  'example.com/path',
  'user@example.com',
  'example.com:0',
  'example.com:65536',
  'example.com:ssh',
  'example..com',
  '10.0.0.0/33',
  '10.0.0.0/8:80',
  'fd00::/129',
  '[::1',
  '[example.com]:22',
  'a'.repeat(254),
])('%j is none', (pattern) => {
  expect(isHostPattern(pattern)).toBe(false);
});
