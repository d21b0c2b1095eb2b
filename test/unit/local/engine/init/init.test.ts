import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import tar from 'tar-stream';
import { initArchive, initExecutable, initPath } from '../../../../../src/local/engine/init/init';

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
  ['amd64', '0f05', '#'],
  ['arm64', '010000d4', '//'],
])('holds as many system calls for %s as its source', async (architecture, call, comment) => {
  const source = await readFile(
    new URL(`../../../../../src/local/engine/init/${architecture}.S`, import.meta.url),
    'utf8',
  );
  const instructions = source.split('\n').map((line) => line.split(comment)[0]);
  const expected = instructions.filter((line) => /^\s*(?:syscall|svc)\b/.test(line ?? '')).length;
  expect(initExecutable(architecture).toString('hex').split(call)).toHaveLength(expected + 1);
});

it('is laid where every user may run it', async () => {
  const entries: tar.Header[] = [];
  for await (const entry of initArchive('amd64').pipe(tar.extract())) {
    entries.push(entry.header);
    entry.resume();
  }
  expect(entries.map(({ name, type, mode }) => ({ name, type, mode }))).toEqual([
    { name: '.langsmith-sandbox', type: 'directory', mode: 0o755 },
    { name: initPath.slice(1), type: 'file', mode: 0o755 },
  ]);
  expect(initArchive('arm64')).toBeInstanceOf(Readable);
});

it('is refused for an engine it is not written for', () => {
  expect(() => initExecutable('riscv64')).toThrow(/amd64 or arm64.*riscv64/);
});
