import { describe, expect, it } from 'vitest';
import { captureName, checkSandboxName, checkSnapshotName } from '../../../src/app/names';

describe('a snapshot’s name', () => {
  it.each(['python', 'team/base', 'a.b_c__d--e/f1', '9'])('%s is taken', (name) => {
    expect(checkSnapshotName(name)).toBeUndefined();
  });

  it.each([
    ['', 'empty'],
    ['Python', 'uppercase'],
    ['py thon', 'characters'],
    ['/a', 'characters'],
    ['a..b', 'characters'],
    ['a-', 'characters'],
    ['system/default', 'system'],
    ['a'.repeat(256), 'too-long'],
  ])('%j is refused as %s', (name, problem) => {
    expect(checkSnapshotName(name)).toBe(problem);
  });

  it('has at most 255 characters', () => {
    expect(checkSnapshotName('a'.repeat(255))).toBeUndefined();
  });
});

describe('a sandbox’s name', () => {
  it.each([
    ['agent-7f3a', undefined],
    ['a', undefined],
    ['', 'empty'],
    ['-a', 'characters'],
    ['a_b', 'characters'],
    ['Agent', 'uppercase'],
    ['a'.repeat(64), 'too-long'],
    ['boxes', 'reserved'],
    ['0b2f6c1e-3a4d-4e5f-8a9b-0c1d2e3f4a5b', 'reserved'],
    ['boxes-1', undefined],
  ])('%j gives %s', (name, problem) => {
    expect(checkSandboxName(name)).toBe(problem);
  });
});

it.each([
  ['setup-box', 'setup-box-snapshot'],
  ['My Box!', 'my-box-snapshot'],
  ['___', 'sandbox-snapshot'],
])('a capture of %s is suggested as %s, which is a valid name', (sandbox, name) => {
  expect(captureName(sandbox)).toBe(name);
  expect(checkSnapshotName(name)).toBeUndefined();
});
