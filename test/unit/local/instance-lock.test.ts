import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { announce } from '../../../src/local/announcement';
import { dataDirectory, type DataDirectory } from '../../../src/local/data-directory';
import { DirectoryInUse, lockDirectory } from '../../../src/local/instance-lock';
import { identityOf, isRunning, type ProcessIdentity } from '../../../src/local/process-identity';
import { temporaryFolder } from './fixture/temporary-folder';

/** Another process, and who it is. */
function neighbour(): { identity: ProcessIdentity; end: () => Promise<unknown> } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const ended = once(child, 'close');
  const end = (): Promise<unknown> => {
    child.kill('SIGKILL');
    return ended;
  };
  onTestFinished(async () => {
    await end();
  });
  return { identity: identityOf(child.pid ?? 0), end };
}

function held(directory: DataDirectory, holder: ProcessIdentity): void {
  writeFileSync(directory.lock, JSON.stringify(holder));
}

it('a directory is locked once, and again after it was let go', () => {
  const directory = dataDirectory(temporaryFolder());
  const release = lockDirectory(directory);
  expect(() => lockDirectory(directory)).toThrow(DirectoryInUse);
  release();
  expect(existsSync(directory.lock)).toBe(false);
  lockDirectory(directory)();
});

it('a live server is named by its endpoint', () => {
  const directory = dataDirectory(temporaryFolder());
  held(directory, neighbour().identity);
  expect(() => lockDirectory(directory)).toThrow('in use by a server that is starting');
  announce(directory, 'http://127.0.0.1:4711');
  expect(() => lockDirectory(directory)).toThrow('http://127.0.0.1:4711');
});

it('the lock of a server that was killed is taken over', async () => {
  const directory = dataDirectory(temporaryFolder());
  const { identity, end } = neighbour();
  held(directory, identity);
  await end();
  const release = lockDirectory(directory);
  expect(() => lockDirectory(directory)).toThrow(DirectoryInUse);
  release();
});

it('so is one whose pid belongs to a later process, and one that can not be read', () => {
  const directory = dataDirectory(temporaryFolder());
  held(directory, { ...neighbour().identity, startedAt: 'another boot 1' });
  lockDirectory(directory)();
  writeFileSync(directory.lock, '{"pid":');
  lockDirectory(directory)();
});

it('a release does not take away what another server holds by now', () => {
  const directory = dataDirectory(temporaryFolder());
  const release = lockDirectory(directory);
  held(directory, neighbour().identity);
  release();
  expect(existsSync(directory.lock)).toBe(true);
});

it('a process is known by its pid and its start', async () => {
  const { identity, end } = neighbour();
  expect(isRunning(identity)).toBe(true);
  expect(isRunning(identityOf(process.pid))).toBe(true);
  await end();
  expect(isRunning(identity)).toBe(false);
});
