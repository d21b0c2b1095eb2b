import { expect, it } from 'vitest';
import { FileChanges } from '../../../src/app/files/file-changes';
import type { FileAt } from '../../../src/app/files/sandbox-files';
import { gnuFilesystem } from '../engine/fixture/gnu-filesystem';
import { busyboxFilesystem } from '../engine/fixture/root-filesystem';
import { bytes, readText } from './fixture/box-files';
import { imageBoxes } from './fixture/image-boxes';

const box = imageBoxes();
const { running, boot } = box;

const write = (at: FileAt, text: string): Promise<void> =>
  box.files.write(at, bytes(text), { create: true, overwrite: true }, () => Promise.resolve(false));
const names = async (at: FileAt): Promise<string[]> =>
  (await box.files.list(at)).entries.map(({ name }) => name).sort();
const instead = async (id: string, program: string, script: string): Promise<void> => {
  const text = `cd /bin && mv ${program} ${program}.real && printf '%s\\n' '#!/bin/sh' '${script}' > ${program} && chmod +x ${program}`;
  expect(await running.wire.execute(id, text)).toMatchObject({ exit_code: 0 });
};
const withoutTar = (id: string): Promise<unknown> => running.wire.execute(id, 'rm "$(command -v tar)"');

it('files go from one sandbox to another', async () => {
  const [one, other] = await Promise.all([boot(gnuFilesystem), boot(busyboxFilesystem)]);
  await write({ id: one, path: '/srv/tree/a/b' }, 'travels');
  await box.files.rename({ id: one, path: '/srv/tree' }, { id: other, path: '/srv/came' }, false);
  expect(await readText(box, { id: other, path: '/srv/came/a/b' })).toBe('travels');
  expect(await names({ id: one, path: '/srv' })).toEqual([]);
});

it('links, modes and times go with it', async () => {
  const [one, other] = await Promise.all([boot(gnuFilesystem), boot(busyboxFilesystem)]);
  const make = `mkdir -p '/srv/a tree/below' && cd '/srv/a tree' && echo run > tool && chmod 751 tool && ln -s tool link &&
    ln -s nowhere dangling && mkfifo pipe && touch -d '2020-02-03 04:05:06' below && printf x > -n`;
  await running.wire.execute(one, make);
  const from = { id: one, path: '/srv/a tree' };
  const to = { id: other, path: '/srv/came' };
  await write({ id: other, path: '/srv/came/before' }, 'before');
  await expect(box.files.copy(from, to, false)).rejects.toMatchObject({ problem: 'exists' });
  await box.files.rename(from, to, true);
  const told = `cd /srv/came && ls -A && stat -c '%a %F' tool pipe && stat -c %Y below && readlink link && readlink dangling && ls -A /srv`;
  const { stdout } = await running.wire.execute(other, told);
  const names = ['-n', 'below', 'dangling', 'link', 'pipe', 'tool'];
  const time = Date.parse('2020-02-03T04:05:06Z') / 1000;
  expect(stdout.trim().split('\n')).toEqual([
    ...names,
    '751 regular file',
    '644 fifo',
    `${time}`,
    'tool',
    'nowhere',
    'came',
  ]);
  expect((await running.wire.execute(one, 'ls -A /srv /var/tmp /tmp')).stdout).not.toMatch(/tree|langsmith/);
});

it('what has a backslash in its name is copied under that name, not what the name would stand for', async () => {
  const [one, other] = await Promise.all([boot(gnuFilesystem), boot(busyboxFilesystem)]);
  const [from, to] = [
    { id: one, path: String.raw`/srv/a\156` },
    { id: other, path: '/srv/came' },
  ];
  await write(from, 'with a backslash');
  await write({ id: one, path: '/srv/an' }, 'without');
  await box.files.copy(from, to, false);
  expect(await readText(box, to)).toBe('with a backslash');
});

it('without tar a folder with a link or a device stays when it is moved to another sandbox, and is copied without', async () => {
  const [one, other] = await Promise.all([boot(gnuFilesystem), boot(busyboxFilesystem)]);
  await withoutTar(one);
  const from = { id: one, path: '/srv/tree' };
  const to = { id: other, path: '/srv/tree' };
  await write({ id: one, path: '/srv/tree/a' }, 'a');
  await write({ id: other, path: '/srv/tree/before' }, 'before');
  const script = (text: string): Promise<unknown> => running.wire.execute(one, `cd /srv/tree && ${text}`);
  for (const odd of ['ln -s /etc odd', 'ln -s a odd', 'ln -s nowhere odd', 'mkfifo odd']) {
    await script(odd);
    await expect(box.files.rename(from, to, true), odd).rejects.toMatchObject({
      problem: 'stays',
      path: '/srv/tree/odd',
    });
    expect([await names(from), await names(to)]).toEqual([['a', 'odd'], ['before']]);
    await script('rm odd');
  }
  await script('mkfifo odd');
  await box.files.copy(from, to, true);
  expect([await names(from), await names(to)]).toEqual([['a', 'odd'], ['a']]);
});

it('what stands in another sandbox stays when what should take its place can’t be read', async () => {
  const [one, other] = await Promise.all([boot(gnuFilesystem), boot(busyboxFilesystem)]);
  await withoutTar(one);
  await running.wire.execute(one, `mkdir /srv/tree && touch /srv/tree/a "$(printf '/srv/tree/bad\\377')"`);
  await write({ id: other, path: '/srv/tree/before' }, 'before');
  const moved = box.files.rename({ id: one, path: '/srv/tree' }, { id: other, path: '/srv/tree' }, true);
  await expect(moved).rejects.toMatchObject({ problem: 'not-found' });
  expect(await names({ id: other, path: '/srv' })).toEqual(['tree']);
  expect(await names({ id: other, path: '/srv/tree' })).toEqual(['before']);
  expect(await names({ id: one, path: '/srv/tree' })).toHaveLength(2);
});

it('what is written while it moves to another sandbox stays where it was', async () => {
  const [one, other] = await Promise.all([boot(gnuFilesystem), boot(busyboxFilesystem)]);
  const [from, to] = [
    { id: one, path: '/srv/tree' },
    { id: other, path: '/srv/came' },
  ];
  await instead(one, 'tar', 'tar.real "$@" || exit; case "$*" in *-cf*) printf b > /srv/tree/a;; esac');
  await write({ id: one, path: '/srv/tree/a' }, 'a');
  const moved = box.files.rename(from, to, false);
  await expect(moved).rejects.toMatchObject({ problem: 'copied', path: from.path });
  await expect(moved).rejects.not.toHaveProperty('cause');
  const texts = [from, to].map(({ id, path }) => readText(box, { id, path: `${path}/a` }));
  expect(await Promise.all(texts)).toEqual(['b', 'a']);
});

it('what its tar found changed is copied to another sandbox, and not moved', async () => {
  const [one, other] = await Promise.all([boot(gnuFilesystem), boot(busyboxFilesystem)]);
  const [from, to] = [
    { id: one, path: '/srv/tree' },
    { id: other, path: '/srv/copied' },
  ];
  await instead(one, 'tar', 'tar.real "$@"; exit 1');
  await write({ id: one, path: '/srv/tree/a' }, 'a');
  await expect(box.files.rename(from, to, false)).rejects.toMatchObject({ problem: 'failed' });
  expect([await names(from), await names({ id: other, path: '/srv' })]).toEqual([['a'], []]);
  await box.files.copy(from, to, false);
  expect(await names(to)).toEqual(['a']);
});

it('what can’t be removed after it was copied to another sandbox is told, with the copy', async () => {
  const [one, other] = await Promise.all([boot(gnuFilesystem), boot(busyboxFilesystem)]);
  await instead(
    one,
    'rm',
    'case "$*" in */srv/tree*) echo "rm: Permission denied" >&2; exit 1;; esac; rm.real "$@"',
  );
  await write({ id: one, path: '/srv/tree/a' }, 'a');
  const [from, to] = [
    { id: one, path: '/srv/tree' },
    { id: other, path: '/srv/came' },
  ];
  const changes = new FileChanges(box.files, { has: () => false });
  await expect(changes.rename(from, to, false)).rejects.toMatchObject({
    problem: 'copied',
    cause: { problem: 'no-permission' },
  });
  expect(changes.last.value).toContainEqual({ kind: 'created', at: to });
  expect([await names(from), await names(to)]).toEqual([['a'], ['a']]);
});
