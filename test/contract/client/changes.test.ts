import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Box, Snapshot } from '../../../src/api/types';
import { compare, type Change } from '../../../src/app/changes/compare';
import { contentsOf, usualLimits } from '../../../src/app/changes/contents';
import { localSide } from '../../../src/app/changes/local-side';
import { patchOf, type Patch } from '../../../src/app/changes/patch';
import { sandboxSide } from '../../../src/app/changes/sandbox-side';
import { changesSinceSnapshot, type SinceSnapshot } from '../../../src/app/changes/since-snapshot';
import type { Outcome, Run, Step } from '../../../src/app/outcome';
import { testEnvironment } from '../../harness/env';
import { engineRoom } from '../engine/fixture/engine-room';
import { gnuFilesystem } from '../engine/fixture/gnu-filesystem';
import { busyboxFilesystem, scratchFilesystem } from '../engine/fixture/root-filesystem';
import { runningServer } from '../local/fixture/running-server';
import { unique } from '../local/fixture/wire';
import { boxFilesOn, type BoxFiles } from './fixture/box-files';

const running = runningServer();
const room = engineRoom(testEnvironment().engine);
const local = promisify(execFile);
let box: BoxFiles;
let folder: string;

beforeAll(async () => {
  box = boxFilesOn(running.server);
  folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-changes-'));
});
afterAll(async () => {
  await box.close();
  await rm(folder, { recursive: true });
});

/** Run in a folder of a sandbox, and in one of this machine. */
const snapshotScript = String.raw`mkdir -p app/sub app/old && cd app
printf 'one\ntwo\nthree\n' > changed; printf 'no end' > no-end; printf 'a\r\nb\r\n' > dos
printf 'same\n' > touched; printf 'abc\n' > same-size; printf '#!/bin/sh\n' > script; printf 'gone\n' > deleted
printf 'moved\n' > old/name; printf 'x\0y' > binary; printf 'caf\351\n' > latin1
printf 'odd\n' > "$(printf 'line\nend')"; printf 'ü\n' > 'ünï "q" 😀.txt'; printf 'sp\n' > 'with space'
ln -s changed link; ln -s script to-file; printf 'f\n' > to-folder
chmod 644 *; chmod 755 sub old
touch -d '2020-01-01 00:00:00' changed no-end dos touched same-size script deleted old/name binary latin1 l*end ü* w*`;
const changeScript = String.raw`cd app
printf 'one\n2\nthree\nfour\n' > changed; printf 'no end either' > no-end; printf 'a\r\nc\r\n' > dos
touch touched; printf 'abd\n' > same-size; chmod 755 script; rm deleted
mv old/name sub/name; printf 'x\0z' > binary; printf 'th\351\n' > latin1
printf 'odder\n' > "$(printf 'line\nend')"; printf 'ö\n' > 'ünï "q" 😀.txt'; printf 'spc\n' > 'with space'
ln -sfn 'sub//name' link; rm to-file; printf 'a file now\n' > to-file; rm to-folder; mkdir to-folder; printf 'in\n' > to-folder/in
printf 'new\n' > 'new file'; : > empty; mkdir hollow; chmod 600 'new file'; ln -s nowhere new-link`;

async function booted(filesystem: Buffer): Promise<Box> {
  const snapshot = await running.wire.build(`changes-${unique()}`, await room.image(filesystem));
  return running.wire.boot({ snapshot_id: snapshot.id });
}

async function run(id: string, script: string): Promise<void> {
  expect(await running.wire.execute(id, `cd /srv && ${script}`)).toMatchObject({ exit_code: 0 });
}

async function onSnapshot(filesystem: Buffer, script: string): Promise<Box> {
  const { id } = await booted(filesystem);
  await run(id, script);
  const made = await running.wire.expect<Snapshot>(201, 'POST', `/boxes/${id}/snapshot`, {
    name: `made-${unique()}`,
  });
  return running.wire.boot({ snapshot_id: (await running.wire.settled(made.id)).id });
}

function aRun(signal = new AbortController().signal): Run & { steps: Step[] } {
  const steps: Step[] = [];
  return { signal, steps, onStep: (step) => void steps.push(step) };
}

const look = ({ id, snapshot_id }: Box, it: Run = aRun()): Promise<Outcome<SinceSnapshot, Box>> =>
  changesSinceSnapshot(box.session, box.files, { id, snapshot_id: snapshot_id! }, it);

async function found(of: Box): Promise<SinceSnapshot> {
  const outcome = await look(of);
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

async function temporaryNames(): Promise<string[]> {
  const { sandboxes } = await running.wire.expect<{ sandboxes: Box[] }>(
    200,
    'GET',
    '/boxes?name_contains=temporary-',
  );
  return sandboxes.map(({ name }) => name);
}

const told = (changes: readonly Change[]): string[] =>
  changes.map(
    ({ how, path, isModeOnly }) => `${isModeOnly ? 'mode' : how} ${path.replace(/^srv\/app\//, '')}`,
  );

const everything = { permissions: 0o7777, areTimesTrue: false };

/** The paths in their order, as the two scripts make them. */
const expected = [
  ...['changed binary', 'changed changed', 'deleted deleted', 'changed dos', 'added empty', 'added hollow'],
  ...['changed latin1', 'changed line\nend', 'changed link', 'added new file', 'added new-link'],
  ...['changed no-end', 'deleted old/name', 'changed same-size', 'mode script', 'added sub/name'],
  ...['changed to-file', 'changed to-folder', 'added to-folder/in', 'changed with space'],
  'changed ünï "q" 😀.txt',
];

/** On this machine what `script` makes in a sandbox's `/srv`. */
async function made(script: string): Promise<string> {
  const root = path.join(folder, unique());
  await mkdir(path.join(root, 'srv'), { recursive: true });
  await local('/bin/sh', ['-c', `umask 022; cd srv && ${script}`], { cwd: root });
  return root;
}

async function patchFor({ id }: Box, { changes, originals }: SinceSnapshot): Promise<Patch> {
  const wanted = changes.flatMap(({ path, after }) => (after ? [[path, after] as const] : []));
  const now = sandboxSide(box.files, { id, path: '/' });
  const after = await contentsOf(now, wanted, usualLimits, aRun());
  return patchOf(changes, { before: originals, after }, ['A head'], (why) => why, aRun().signal);
}

const images = [
  { image: 'a GNU image', filesystem: gnuFilesystem },
  { image: 'a busybox image', filesystem: busyboxFilesystem },
];

describe.each(images)('in $image', ({ filesystem }) => {
  let of: Box;

  beforeAll(async () => {
    of = await onSnapshot(await filesystem(), snapshotScript);
  });

  it('nothing differs from the snapshot as long as nothing is done', async () => {
    expect(await found(of)).toEqual({ changes: [], originals: new Map(), isPartial: false, left: undefined });
    expect(await temporaryNames()).toEqual([]);
  });

  it('what is done is told, but for a mere touch, and its patch makes it of the snapshot’s files', async () => {
    await run(of.id, changeScript);
    const since = await found(of);
    expect(told(since.changes)).toEqual(expected);
    const patch = await patchFor(of, since);
    expect(Buffer.from(patch.bytes).toString('latin1')).toMatch(
      /^# A head\n# "srv\/app\/binary": binary\n# "srv\/app\/hollow": folder\ndiff /,
    );

    const [was, is] = [await made(snapshotScript), await made(`${snapshotScript}; ${changeScript.slice(7)}`)];
    const file = path.join(folder, 'all.patch');
    await writeFile(file, patch.bytes);
    await local('git', ['apply', '-p1', file], { cwd: was });
    const rest = await compare(localSide(was), localSide(is), { ...everything, permissions: 0o100 }, aRun());
    expect(told(rest.changes)).toEqual(['changed binary', 'added hollow', 'added old']);
  });

  it('a folder is compared with one of this machine, whatever its times', async () => {
    const here = await made(snapshotScript);
    const there = sandboxSide(box.files, { id: of.id, path: '/srv/app' });
    const options = { ...everything, permissions: 0o100 };
    const { changes } = await compare(localSide(path.join(here, 'srv/app')), there, options, aRun());
    expect(told(changes)).toEqual(expected);
  });

  it('the temporary sandbox is gone after a cancel, and after a failure', async () => {
    const controller = new AbortController();
    const onStep = (step: Step): void => (step.kind === 'listing' ? controller.abort() : undefined);
    expect(await look(of, { signal: controller.signal, onStep })).toEqual({ kind: 'cancelled' });
    expect(await look({ ...of, id: randomUUID() })).toMatchObject({
      kind: 'failed',
      failure: { cause: 'file' },
      left: undefined,
    });
    expect(await temporaryNames()).toEqual([]);
  });
});

it('in an image without a shell what is added and changed is told by names, sizes and times', async () => {
  const of = await booted(await scratchFilesystem());
  await running.wire.upload(of.id, '/srv/new/file', 'added');
  const { changes } = await found(of);
  expect(told(changes)).toEqual(['added srv/new/file']);
});

it('a listing has nothing of its own in it, and fails where it broke off', async () => {
  const { id } = await booted(await gnuFilesystem());
  await run(id, 'printf mine > /tmp/mine');
  const listed = await sandboxSide(box.files, { id, path: '/tmp' }).list(aRun());
  expect([...listed.entries.keys()].filter((name) => /mine|langsmith-transfer/.test(name))).toEqual(['mine']);
  const wrapper = `#!/bin/sh\nfind.real "$@"; kill -9 $$\n`;
  await running.wire.upload(id, '/srv/find', wrapper);
  await run(id, 'chmod +x find && mv /bin/find /bin/find.real && mv find /bin/find');
  const broken = sandboxSide(box.files, { id, path: '/srv' }).list(aRun());
  await expect(broken).rejects.toThrow('ended with 137');
});
