import { expect, it } from 'vitest';
import { fileQuery } from '../../../../src/app/files/find-files';

it.each([
  ['', { path: '/root', pattern: '*' }],
  ['main', { path: '/root', pattern: '**/*main*' }],
  ['src/ma', { path: '/root', pattern: '**/*src*/*ma*' }],
  ['*.py', { path: '/root', pattern: '**/*.py' }],
  ['a[1]?', { path: '/root', pattern: '**/*a[[]1][?]*' }],
  ['/', { path: '/', pattern: '*' }],
  ['/etc/pass', { path: '/etc', pattern: 'pass*' }],
  ['/etc', { path: '/', pattern: 'etc*' }],
  ['/etc/', { path: '/etc', pattern: '*' }],
])('what is typed as %j is looked for by %j', (text, query) => {
  expect(fileQuery(text, '/root')).toEqual(query);
});
