import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '../../../src/api/secret';
import { Credentials } from '../../../src/app/credentials';
import { keyMarksFolder } from '../../../src/app/key-marks';
import { MarkedSecrets } from '../../../src/app/marked-secrets';
import { until } from '../../harness/until';
import { startScriptedApi, type ScriptedApi } from './scripted-api';
import { secretStorage } from './secret-storage';
import { sharedState, windowOver } from './window';

const { signal } = new AbortController();

async function scriptedApi(): Promise<ScriptedApi> {
  const api = await startScriptedApi();
  onTestFinished(() => api.close());
  return api;
}

async function aFolder(): Promise<string> {
  const folder = keyMarksFolder(await mkdtemp(path.join(os.tmpdir(), 'key-marks-')));
  onTestFinished(() => rm(path.dirname(folder), { recursive: true }));
  return folder;
}

/** As a window has it that is hosted in a browser: what it read once, and no word of others. */
function windowSecrets(
  folder: string,
  kept: ReadonlyMap<string, string> = new Map(),
  since = 0,
  onError = (error: unknown): void => {
    throw error;
  },
) {
  const own = secretStorage();
  for (const [entry, text] of kept) own.entries.set(entry, text);
  const secrets = new MarkedSecrets(own, { folder, since, onError });
  onTestFinished(() => secrets.dispose());
  return Object.assign(secrets, { entries: own.entries });
}

const entryOf = (endpoint: string): string => `langsmithSandboxes.apiKey:${endpoint}`;

describe('where the secret storage tells no other window', () => {
  it('a sign-out in one window signs the others out', async () => {
    const api = await scriptedApi();
    const folder = await aFolder();
    const kept = new Map([[entryOf(api.endpoint), api.apiKey]]);
    const one = windowOver({ ...sharedState(), secrets: windowSecrets(folder, kept) });
    const other = windowOver({ ...sharedState(), secrets: windowSecrets(folder, kept) });
    for (const window of [one, other]) {
      const outcome = await window.connectTo({ kind: 'langsmith', endpoint: api.endpoint }, signal);
      expect(outcome.kind).toBe('done');
    }
    await one.signOut();
    await until('the other window', () => other.current.value.state === 'signed-out' || undefined);
    const again = await other.connectTo({ kind: 'langsmith', endpoint: api.endpoint }, signal);
    expect(again).toMatchObject({ kind: 'failed', failure: { cause: 'no-key' } });
  });

  it('a window whose sandboxes are first looked at after the sign-out does not connect either', async () => {
    const folder = await aFolder();
    const endpoint = 'https://langsmith.example.com';
    const kept = new Map([[entryOf(endpoint), 'worn out']]);
    const openedAt = Date.now();
    await new Credentials(windowSecrets(folder, kept), () => undefined).deleteApiKey({ endpoint });
    const late = new Credentials(windowSecrets(folder, kept, openedAt), () => undefined);
    expect(await late.apiKey({ endpoint })).toBeUndefined();
  });

  it('one that was opened after the sign-out reads what is stored', async () => {
    const folder = await aFolder();
    const endpoint = 'https://langsmith.example.com';
    await new Credentials(windowSecrets(folder), () => undefined).deleteApiKey({ endpoint });
    const kept = new Map([[entryOf(endpoint), 'of another machine']]);
    const next = new Credentials(windowSecrets(folder, kept, Date.now() + 1), () => undefined);
    expect((await next.apiKey({ endpoint }))?.reveal()).toBe('of another machine');
  });

  it('a key that another window replaced is told of where it can’t be read, and not where it was stored', async () => {
    const folder = await aFolder();
    const endpoint = 'https://langsmith.example.com';
    const kept = new Map([[entryOf(endpoint), 'worn out']]);
    const [one, other] = [kept, kept].map(
      (each) => new Credentials(windowSecrets(folder, each), () => undefined),
    );
    const heard: string[] = [];
    for (const [name, credentials] of Object.entries({ one: one!, other: other! })) {
      credentials.onDidMiss((isOf) => isOf({ endpoint }) && heard.push(name));
      expect((await credentials.apiKey({ endpoint }))?.reveal()).toBe('worn out');
    }
    await one!.storeApiKey({ endpoint }, new Secret('brand new'));
    await until('the other window to hear of it', () => heard.length > 0 || undefined);
    await one!.storeApiKey({ endpoint }, new Secret('newer still'));
    await until('the other window to hear of the next', () => heard.length > 1 || undefined);
    expect(heard).toEqual(['other', 'other']);
    expect((await one!.apiKey({ endpoint }))?.reveal()).toBe('newer still');
  });

  it('a key that can be read after all is taken over', async () => {
    const folder = await aFolder();
    const endpoint = 'https://langsmith.example.com';
    const secrets = windowSecrets(folder);
    const other = new Credentials(secrets, () => undefined);
    expect(await other.apiKey({ endpoint })).toBeUndefined();
    const heard: boolean[] = [];
    other.onDidChange((isOf) => heard.push(isOf({ endpoint })));
    secrets.entries.set(entryOf(endpoint), 'brand new');
    await new Credentials(windowSecrets(folder), () => undefined).storeApiKey(
      { endpoint },
      new Secret('brand new'),
    );
    await until('the window to hear of it', () => heard.length > 0 || undefined);
    expect(heard).toEqual([true]);
  });

  it('a key stored after a sign-out is one again', async () => {
    const folder = await aFolder();
    const endpoint = 'https://langsmith.example.com';
    const credentials = new Credentials(windowSecrets(folder), () => undefined);
    await credentials.storeApiKey({ endpoint }, new Secret('one'));
    await credentials.deleteApiKey({ endpoint });
    await credentials.storeApiKey({ endpoint }, new Secret('one'));
    expect((await credentials.apiKey({ endpoint }))?.reveal()).toBe('one');
  });

  it('a mark that can not be read is told of, and the others hold', async () => {
    const folder = await aFolder();
    const endpoint = 'https://langsmith.example.com';
    const kept = new Map([[entryOf(endpoint), 'one']]);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'torn.json'), '{"change":');
    await new Credentials(
      windowSecrets(folder, kept, 0, () => undefined),
      () => undefined,
    ).deleteApiKey({
      endpoint,
    });
    const told: string[] = [];
    const secrets = windowSecrets(folder, kept, 0, (error) => told.push((error as Error).message));
    expect(await new Credentials(secrets, () => undefined).apiKey({ endpoint })).toBeUndefined();
    expect(told).toContain('torn.json holds no mark');
  });

  it('nothing of a key, and not where it leads, is written down', async () => {
    const folder = await aFolder();
    const endpoint = 'https://langsmith.example.com';
    const credentials = new Credentials(windowSecrets(folder), () => undefined);
    await credentials.storeApiKey({ endpoint }, new Secret('lsv2-secret'));
    const names = await readdir(folder);
    expect(names).toHaveLength(1);
    const text = await readFile(path.join(folder, names[0]!), 'utf8');
    expect(`${names[0]} ${text}`).not.toMatch(/secret|example/);
    expect(JSON.parse(text)).toMatchObject({ change: 'stored' });
  });
});
