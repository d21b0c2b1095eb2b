import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lineToRun } from '../../../../src/app/runs/interpreters';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'langsmith-sandboxes-runs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(languageId: string, text: string, env?: NodeJS.ProcessEnv): ReturnType<typeof spawnSync> {
  const file = path.join(folder, "it's a script");
  writeFileSync(file, text);
  chmodSync(file, 0o600);
  return spawnSync('/bin/sh', ['-c', lineToRun(file, languageId, text) ?? 'exit 99'], {
    env,
    encoding: 'utf8',
  });
}

it('a file runs by its language, with the first program for it that is there', () => {
  expect(run('javascript', 'console.log(40 + 2)', process.env).stdout).toBe('42\n');
  expect(run('shellscript', 'echo "$((40 + 2))"', process.env).stdout).toBe('42\n');
});

it('a first line that names an interpreter goes before the language', () => {
  expect(run('python', '#!/bin/sh\necho from-sh').stdout).toBe('from-sh\n');
  expect(run('unheard-of', '#!/bin/sh\nexit 7').status).toBe(7);
});

it('where there is no program for the language, the line says which were looked for', () => {
  const { status, stderr } = run('r', 'x', { PATH: folder });
  expect([status, stderr]).toEqual([127, 'There is none of these in the sandbox: Rscript.\n']);
});

it('nothing is said of languages that are not programs', () => {
  expect(lineToRun('/tmp/x', 'markdown', '# Title')).toBeUndefined();
});
