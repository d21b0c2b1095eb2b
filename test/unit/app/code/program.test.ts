import { spawnSync } from 'node:child_process';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { quoted } from '../../../../src/app/quoted';
import type { Making } from '../../../../src/app/code/making';
import { languages, programFor } from '../../../../src/app/code/program';

const nasty = `it's "a" $HOME \`id\` \\ \n JSON\nEOF # é 🙂 -n %s`;
const create: Making = {
  kind: 'create',
  request: { snapshot_id: 'the-id', name: 'agent', cpu_millicores: 500, env_vars: { TEXT: nasty } },
};
const build: Making = {
  kind: 'build',
  request: { name: 'python', docker_image: 'host/python:3', fs_capacity_bytes: 1024, tag: 'v2' },
  credentials: { host: 'host:5000', username: 'ro"bot' },
};
const capture: Making = {
  kind: 'capture',
  sandbox: 'agent',
  request: { name: 'set-up', description: nasty, labels: { team: 'ml', bare: '' } },
};

describe('a program', () => {
  it.each(languages)('in %s names what it needs of the environment, and holds no secret', (language) => {
    const text = programFor(build, language);
    for (const name of ['LANGSMITH_ENDPOINT', 'LANGSMITH_API_KEY', 'REGISTRY_PASSWORD']) {
      expect(text).toContain(name);
    }
    expect(programFor(create, language)).not.toContain('REGISTRY_PASSWORD');
  });

  it.each([build, capture, create])('in sh is one: $kind', (making) => {
    const checked = spawnSync('sh', ['-n'], { input: programFor(making, 'curl'), encoding: 'utf8' });
    expect(checked).toMatchObject({ status: 0, stderr: '' });
  });

  it.each([build, capture, create])('in TypeScript is JavaScript, too: $kind', (making) => {
    const text = programFor(making, 'typescript');
    expect(() => transformSync(text, { loader: 'js', format: 'esm' })).not.toThrow();
  });

  it.each([build, capture])('carries every field: $kind', (making) => {
    for (const language of languages) {
      const text = programFor(making, language);
      for (const field of Object.keys(making.request)) expect(text).toContain(field);
    }
  });
});

it('a text in a shell is what it was', () => {
  const echoed = spawnSync('sh', ['-c', `printf %s ${quoted(nasty)}`], { encoding: 'utf8' });
  expect(echoed.stdout).toBe(nasty);
});
