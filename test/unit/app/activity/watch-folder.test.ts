import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { it, onTestFinished } from 'vitest';
import { watchFolder } from '../../../../src/app/activity/watch-folder';
import { until } from '../../../harness/until';
import { aFolder } from './a-journal';

function watched(folder: string) {
  let changes = 0;
  const watching = watchFolder(folder, () => changes++);
  onTestFinished(() => watching.dispose());
  return async (file: string): Promise<void> => {
    const before = changes;
    writeFileSync(path.join(folder, file), '');
    await until(`word of ${file}`, () => changes > before || undefined);
  };
}

it('goes on when the folder is deleted, and makes it again', async () => {
  const folder = aFolder();
  const hearsOf = watched(folder);
  await hearsOf('one');
  rmSync(folder, { recursive: true });
  await until('the folder', () => existsSync(folder) || undefined);
  await hearsOf('two');
});

it('goes on when another window has made it again meanwhile', async () => {
  const folder = aFolder();
  const hearsOf = watched(folder);
  await hearsOf('one');
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
  // Some of these may be what is told of the deletion yet.
  for (const file of ['two', 'three', 'four', 'five', 'six', 'seven', 'eight']) await hearsOf(file);
});
