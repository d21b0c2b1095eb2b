import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { initExecutable } from '../../../../../src/local/engine/init/init';
import { relayExecutable } from '../../../../../src/local/engine/relay/relay';

it.each([
  ['amd64', 62],
  ['arm64', 183],
])('is a small static executable for %s', (architecture, machine) => {
  const file = initExecutable(architecture);
  expect(file.subarray(0, 7).toString('hex')).toBe('7f454c46020101');
  expect([file.readUInt16LE(16), file.readUInt16LE(18)]).toEqual([2, machine]);
  const segments = Array.from({ length: file.readUInt16LE(56) }, (_, at) => {
    const start = Number(file.readBigUInt64LE(32)) + at * file.readUInt16LE(54);
    return file.subarray(start, start + file.readUInt16LE(54));
  });
  const [code, stack] = segments;
  const [entry, address, size] = [
    file.readBigUInt64LE(24),
    code!.readBigUInt64LE(16),
    code!.readBigUInt64LE(32),
  ];
  expect(code!.readUInt32LE(4), 'readable and executable, not writable').toBe(5);
  expect(stack!.readUInt32LE(4), 'a stack that is not executable').toBe(6);
  expect(entry).toBeGreaterThan(address);
  expect(entry).toBeLessThan(address + size);
  expect(Number(size)).toBe(file.length);
  expect(address % 0x10000n, 'aligned to the largest page').toBe(0n);
});

it.each([
  ['amd64', 'init', initExecutable, '0f05', '#'],
  ['arm64', 'init', initExecutable, '010000d4', '//'],
  ['amd64', 'relay', relayExecutable, '0f05', '#'],
  ['arm64', 'relay', relayExecutable, '010000d4', '//'],
] as const)('holds as many system calls for %s as the source of %s', async (...program) => {
  const [architecture, folder, executable, call, comment] = program;
  const source = await readFile(
    new URL(`../../../../../src/local/engine/${folder}/${architecture}.S`, import.meta.url),
    'utf8',
  );
  const instructions = source.split('\n').map((line) => line.split(comment)[0]);
  const expected = instructions.filter((line) => /^\s*(?:syscall|svc)\b/.test(line ?? '')).length;
  expect(executable(architecture).toString('hex').split(call)).toHaveLength(expected + 1);
});

it('is refused for an engine it is not written for', () => {
  expect(() => initExecutable('riscv64')).toThrow(/amd64 or arm64.*riscv64/);
});
