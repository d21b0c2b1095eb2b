import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contextPlace } from '../../../../../src/local/engine/places/docker-context';
import type { Surroundings } from '../../../../../src/local/engine/places/surroundings';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'docker-context-'));
});
afterEach(() => rm(home, { recursive: true }));

const here = (env: Surroundings['env'] = {}): Surroundings => ({ platform: 'linux', env, home, uid: 1000 });
const idOf = (name: string): string => createHash('sha256').update(name).digest('hex');

it('nothing is known without a docker folder', async () => {
  expect(await contextPlace(here())).toBeUndefined();
});

it('the context chosen by "docker context use" is found, and others may be tried after it', async () => {
  await config({ currentContext: 'colima' });
  await context('colima', { Host: 'unix:///home/me/.colima/docker.sock' });
  expect(await contextPlace(here())).toEqual({
    source: 'docker context colima',
    url: 'unix:///home/me/.colima/docker.sock',
  });
});

it('DOCKER_CONTEXT wins over it, and is final', async () => {
  await config({ currentContext: 'colima' });
  await context('other', { Host: 'tcp://h:1' });
  const place = await contextPlace(here({ DOCKER_CONTEXT: 'other' }));
  expect(place).toMatchObject({ source: 'docker context other', url: 'tcp://h:1', isFinal: true });
});

it('DOCKER_CONFIG moves the folder', async () => {
  await config({ currentContext: 'a' }, 'elsewhere');
  await context('a', { Host: 'unix:///a' }, 'elsewhere');
  const place = await contextPlace(here({ DOCKER_CONFIG: path.join(home, 'elsewhere') }));
  expect(place?.url).toBe('unix:///a');
});

it('the certificates of a context lie in its own folder', async () => {
  await context('remote', { Host: 'tcp://h:2376', SkipTLSVerify: true });
  const place = await contextPlace(here({ DOCKER_CONTEXT: 'remote' }));
  expect(place?.tls).toEqual({
    path: path.join(home, '.docker/contexts/tls', idOf('remote'), 'docker'),
    isServerVerified: false,
    isOptional: false,
  });
});

it.each(['default', ''])('a current context of "%s" is none', async (currentContext) => {
  await config({ currentContext });
  expect(await contextPlace(here())).toBeUndefined();
  expect(await contextPlace(here({ DOCKER_CONTEXT: 'default' }))).toBeUndefined();
});

it('a context that is not there, or can’t be read, is a problem that is told', async () => {
  await config({ currentContext: 'lost' });
  expect(await contextPlace(here())).toMatchObject({
    source: 'docker context lost',
    problem: 'no such context',
  });
  await context('lost', {});
  expect((await contextPlace(here()))?.problem).toMatch(/can't be read/);
  await writeFile(path.join(home, '.docker/config.json'), '{');
  expect(await contextPlace(here())).toMatchObject({
    url: path.join(home, '.docker/config.json'),
    problem: expect.stringMatching(/can't be read/) as string,
  });
});

async function config(content: object, folder = '.docker'): Promise<void> {
  await mkdir(path.join(home, folder), { recursive: true });
  await writeFile(path.join(home, folder, 'config.json'), JSON.stringify(content));
}

async function context(name: string, docker: object, folder = '.docker'): Promise<void> {
  const meta = path.join(home, folder, 'contexts/meta', idOf(name));
  await mkdir(meta, { recursive: true });
  await writeFile(path.join(meta, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker } }));
}
