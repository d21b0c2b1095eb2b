import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { EngineError } from '../../../../src/local/engine/engine-error';
import type { PathStat } from '../../../../src/local/engine/path-stat';
import { giveBackRoom, type RefusedWrite } from '../../../../src/local/lifecycle/give-back-room';
import { noRoom } from '../../../../src/local/lifecycle/no-room';
import { lifecycleOver } from '../fixture/lifecycle';

// What an engine refuses for want of room: some have removed the old file by then, others have not begun.

const mtime = new Date(10_000);
const stat = (sizeBytes: number, at: number): PathStat => ({
  path: '/tmp/file',
  sizeBytes,
  isDirectory: false,
  isSpecial: false,
  modifiedAt: new Date(at),
  mode: 0o644,
});
const old = stat(300, 5_000);
const cutOff = 'write /tmp/file: no space left on device';
const notBegun = 'Error setting up pivot dir: mkdir /var/lib/docker/x/.pivot_root1: no space left on device';

async function afterwards(now: PathStat | Error | undefined, write: Partial<RefusedWrite>) {
  const ran: string[][] = [];
  const lifecycle = lifecycleOver({
    statPath: () => (now instanceof Error ? Promise.reject(now) : Promise.resolve(now)),
    exec: (_, { command }) => {
      ran.push(command);
      const nothing = (): Readable => Readable.from([]);
      const resize = (): Promise<void> => Promise.resolve();
      return Promise.resolve({ stdout: nothing(), stderr: nothing(), resize, exitCode: Promise.resolve(0) });
    },
  });
  const refused = { target: '/tmp/file', old: undefined, sizeBytes: 1000, mtime, refusal: cutOff, ...write };
  return { ran, says: noRoom(refused, await giveBackRoom(lifecycle, 'box', refused)) };
}

const inTmp = /^no space is left in \/tmp, /;
const somewhere = /^no space is left on the container engine's disk, or in \/tmp, /;

it.each([
  [
    'a file that was not touched stays, and is not called lost',
    old,
    old,
    notBegun,
    [],
    somewhere,
    /still there/,
  ],
  [
    'a part of a new file goes',
    undefined,
    stat(400, 11_000),
    cutOff,
    [['rm', '-f', '/tmp/file']],
    inTmp,
    /$/,
  ],
  [
    'a part in place of an older file is emptied',
    old,
    stat(400, 11_000),
    cutOff,
    [['truncate', '-s', '0', '/tmp/file']],
    inTmp,
    /is lost/,
  ],
  ['a file that the engine has removed is lost', old, undefined, cutOff, [], inTmp, /is lost/],
  ['another’s file of the same size or more stays', undefined, stat(1000, 11_000), cutOff, [], inTmp, /$/],
  [
    'another’s file stays when the engine had not begun',
    undefined,
    stat(400, 11_000),
    notBegun,
    [],
    somewhere,
    /$/,
  ],
])('%s', async (_, before, now, refusal, ran, where, fate) => {
  const after = await afterwards(now, { old: before, refusal });
  expect(after.ran).toEqual(ran);
  expect(after.says).toMatch(where);
  expect(after.says).toMatch(fate);
  if (!before) expect(after.says).not.toContain('What it held before');
});

it('what can not be looked at is left alone, and not called lost for certain', async () => {
  const after = await afterwards(new EngineError('engine-unreachable', 'gone'), { old });
  expect(after.ran).toEqual([]);
  expect(after.says).toContain('may be lost');
});

it('outside of /tmp it is the disk that is full', async () => {
  const target = '/root/file';
  const after = await afterwards(undefined, { target, refusal: 'write /root/file: no space left on device' });
  expect(after.says).toBe("no space is left on the container engine's disk. Free some there.");
});
