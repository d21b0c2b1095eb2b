import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, it } from 'vitest';
import { packVsix } from '../../scripts/setup/vsix.mjs';
import type { Activation } from './activation/figures';
import { hostStarts } from './activation/host-starts';
import { sizeLine } from './activation/sizes';
import { idOf, packLoading, packNothing, packProbe } from './activation/subjects';
import { line, outcomeOf } from './contest';

const root = path.resolve(__dirname, '../..');
const ours = 'langsmith-sandboxes.langsmith-sandboxes';
const starts = 10;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-activation-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

it('activation', { timeout: 600_000 }, async () => {
  const own = path.join(folder, 'ours.vsix');
  await packVsix(root, own);
  const idle = [
    await packNothing(folder, 'first'),
    await packNothing(folder, 'nothing'),
    await packLoading(folder, 'loading'),
  ];
  const packages = [own, ...idle, await packProbe(folder)];
  const [first, nothing, loading] = [idOf('first'), idOf('nothing'), idOf('loading')];
  const subjects = [first, nothing, loading, ours];
  const [, ...counted] = await hostStarts(folder, packages, subjects, starts + 1);

  const compared = (name: string, part: keyof Activation, id: string, against: string): string => {
    const measured = counted.map((start) => ({ ours: start[ours]![part], theirs: start[id]![part] }));
    return line(outcomeOf({ name, against }, measured));
  };
  const doesNothing = 'an extension that does nothing';
  const lines = [
    compared('activation', 'wholeMs', nothing, doesNothing),
    compared('activation', 'wholeMs', loading, 'one that loads the API'),
    compared('of that, loading the program', 'loadMs', nothing, doesNothing),
    compared('of that, calling it', 'callMs', nothing, doesNothing),
    ...(await Promise.all(['extension', 'window', 'local-server'].map((name) => sizeLine(root, name)))),
  ];
  console.log(`\n${lines.join('\n')}\n`);
});
