import { expect, it } from 'vitest';
import { parsePathStat } from '../../../../src/local/engine/path-stat';

const header = (stat: object): string => Buffer.from(JSON.stringify(stat)).toString('base64');
const plain = { name: 'a', size: 3, mode: 0o644, mtime: '2020-02-03T04:05:06.789+02:00', linkTarget: '' };

it('a file is described by size, permissions and time', () => {
  expect(parsePathStat(header(plain))).toEqual({
    sizeBytes: 3,
    isDirectory: false,
    isSpecial: false,
    mode: 0o644,
    modifiedAt: new Date('2020-02-03T02:05:06.789Z'),
    linkTarget: '',
  });
});

it.each([
  ['a folder', 2 ** 31 + 0o755, { isDirectory: true, mode: 0o755 }],
  ['a sticky folder', 2 ** 31 + 2 ** 20 + 0o777, { isDirectory: true, mode: 0o1777 }],
  ['a setuid program', 2 ** 23 + 0o755, { isDirectory: false, mode: 0o4755 }],
  ['a named pipe', 2 ** 25 + 0o600, { isSpecial: true, mode: 0o600 }],
  ['a character device', 2 ** 26 + 2 ** 21 + 0o666, { isSpecial: true, isDirectory: false }],
  ['a setgid folder', 2 ** 31 + 2 ** 22 + 0o750, { isDirectory: true, mode: 0o2750 }],
])('%s has its bits from Go’s', (_, mode, facts) => {
  expect(parsePathStat(header({ ...plain, mode }))).toMatchObject(facts);
});

it('a link tells where it leads', () => {
  const link = header({ ...plain, mode: 2 ** 27 + 0o777, linkTarget: '/opt/b' });
  expect(parsePathStat(link)).toMatchObject({ linkTarget: '/opt/b', isDirectory: false });
});

it.each(['', 'undefined', header({ name: 'a' })])('%s is no description', (text) => {
  expect(() => parsePathStat(text)).toThrow();
});
