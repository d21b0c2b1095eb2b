import { mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '../../../src/api/secret';
import { targetOf } from '../../../src/app/connection';
import type { Connections } from '../../../src/app/connections';
import { Credentials, MissingKeyError } from '../../../src/app/credentials';
import { forgetTitle, ProfileTitles, titlesFolder } from '../../../src/app/profile-titles';
import { targetName, type Profile, type Target } from '../../../src/app/target';
import { until } from '../../harness/until';
import { startScriptedApi, type ScriptedApi } from './scripted-api';
import { sharedState, windowOver, type SharedState } from './window';

const { signal } = new AbortController();

function titlesOf(
  { secrets, memory }: SharedState,
  connections: Connections,
  folder: string,
  onError: (error: unknown) => void = failed,
): ProfileTitles {
  const credentials = new Credentials(secrets, () => undefined);
  const titles = new ProfileTitles({ credentials, memory, connections, folder, onError });
  onTestFinished(() => titles.dispose());
  return titles;
}

const failed = (error: unknown): never => {
  throw error;
};

async function aFolder(): Promise<string> {
  const folder = titlesFolder(await mkdtemp(path.join(os.tmpdir(), 'titles-')));
  onTestFinished(() => rm(path.dirname(folder), { recursive: true }));
  return folder;
}

async function scriptedApi(): Promise<ScriptedApi> {
  const api = await startScriptedApi();
  onTestFinished(() => api.close());
  return api;
}

const nameIn = (window: Connections): string => targetName(targetOf(window.current.value)!);

it('renames a connection in all windows, where they stand: no key moves, and nothing is connected anew', async () => {
  const api = await scriptedApi();
  const profile = { endpoint: api.endpoint, name: 'Team' };
  const target: Target = { ...profile, kind: 'langsmith' };
  const shared = sharedState();
  const one = windowOver(shared);
  await one.connectLangSmith(profile, new Secret(api.apiKey), signal);
  // The state of the other window hears of nothing.
  const apart: SharedState = { ...sharedState(), secrets: shared.secrets };
  const other = windowOver(apart);
  await apart.memory.rememberProfile(profile);
  await other.connectTo(target, signal);
  const folder = await aFolder();
  titlesOf(apart, other, folder);
  const { session } = other.current.value;

  await titlesOf(shared, one, folder).rename(profile, 'Ours');
  await until('the other window to hear of it', () => nameIn(other) === 'Ours' || undefined);
  await until('this one, too', () => nameIn(one) === 'Ours' || undefined);
  expect(other.current.value).toMatchObject({ state: 'connected', session });
  expect(targetName(session!.target)).toBe('Ours');
  expect(shared.secrets.entries.get(`langsmithSandboxes.apiKey:${api.endpoint}#Team`)).toBe(api.apiKey);

  for (const state of [shared, apart]) {
    const next = windowOver(state);
    await state.memory.setTarget(target);
    await next.restore();
    expect([nameIn(next), next.current.value.state]).toEqual(['Ours', 'connected']);
  }
  await one.signOut();
  expect([...shared.secrets.entries]).toEqual([]);
  await until('its name to be forgotten', async () => (await readdir(folder)).length === 0 || undefined);
});

describe('files that hold no name', () => {
  const endpoint = 'https://langsmith.example.com';
  const [one, other] = [
    { endpoint, name: 'One' },
    { endpoint, name: 'Other' },
  ];

  it.each([
    ['an empty file', ''],
    ['null', 'null'],
    ['another title than a text', JSON.stringify({ ...one, title: 7 })],
    ['another name than a text', JSON.stringify({ ...one, name: 7, title: 'x' })],
    ['no endpoint', JSON.stringify({ endpoint: 'nowhere', title: 'x' })],
  ])('%s is told once, and keeps no connection from its new name', async (_, text) => {
    const [shared, folder, errors] = [sharedState(), await aFolder(), [] as string[]];
    const window = windowOver(shared);
    for (const profile of [one, other]) await remembered(shared, profile);
    const titles = titlesOf(shared, window, folder, (error) => errors.push((error as Error).message));
    await writeFile(path.join(folder, 'foreign.json'), text);
    await titles.rename(other, 'Second');
    await titles.rename(other, 'Third');
    expect(shared.memory.profiles.map(({ title }) => title)).toEqual([undefined, 'Third']);
    expect(errors).toEqual(['foreign.json holds no name']);
  });

  it('one that another window removes meanwhile is not told', async () => {
    const [shared, folder] = [sharedState(), await aFolder()];
    await remembered(shared, one);
    const titles = titlesOf(shared, windowOver(shared), folder);
    await symlink(path.join(folder, 'gone'), path.join(folder, 'removed.json'));
    await titles.rename(one, 'First');
    expect(shared.memory.profiles).toMatchObject([{ title: 'First' }]);
  });
});

it('renames nothing that is forgotten, and leaves nothing to who has its name next', async () => {
  const profile = { endpoint: 'https://langsmith.example.com', name: 'Team' };
  const folder = await aFolder();
  const shared = sharedState((added) => forgetTitle(folder, added));
  const window = windowOver(shared);
  const titles = titlesOf(shared, window, folder);
  await remembered(shared, profile);
  await titles.rename(profile, 'Ours');
  const [file] = await readdir(folder);
  const left = await readFile(path.join(folder, file!), 'utf8');
  await window.forget(profile);
  await until('its name to be forgotten', async () => (await readdir(folder)).length === 0 || undefined);
  await expect(titles.rename(profile, 'Again')).rejects.toThrow(MissingKeyError);
  // Another window may still know it.
  await shared.memory.rememberProfile(profile);
  await expect(titles.rename(profile, 'Again')).rejects.toThrow(MissingKeyError);
  await shared.memory.forgetProfile(profile);
  expect(await readdir(folder)).toEqual([]);

  await writeFile(path.join(folder, 'draft'), left);
  await rename(path.join(folder, 'draft'), path.join(folder, file!));
  await remembered(shared, profile);
  expect(await readdir(folder)).toEqual([]);
  await remembered(shared, { ...profile, name: 'Third' });
  await titles.rename({ ...profile, name: 'Third' }, 'The third');
  expect(shared.memory.profiles.map(({ title }) => title)).toEqual([undefined, 'The third']);
});

it('forgets the name of a connection that its window forgot before it heard of the key', async () => {
  const profile = { endpoint: 'https://langsmith.example.com', name: 'Team' };
  const [shared, folder] = [sharedState(), await aFolder()];
  await remembered(shared, profile);
  const titles = titlesOf(shared, windowOver(shared), folder);
  await titles.rename(profile, 'Ours');
  await shared.memory.forgetProfile(profile);
  await shared.secrets.delete(`langsmithSandboxes.apiKey:${profile.endpoint}#Team`);
  await until('its name to be forgotten', async () => (await readdir(folder)).length === 0 || undefined);
});

async function remembered({ memory, secrets }: SharedState, profile: Profile): Promise<void> {
  await memory.rememberProfile(profile);
  await new Credentials(secrets, () => undefined).storeApiKey(profile, new Secret('key'));
}
