import { describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '../../../src/api/secret';
import { accountOf } from '../../../src/app/environment';
import { targetName } from '../../../src/app/target';
import { until } from '../../harness/until';
import { startScriptedApi } from './scripted-api';
import { sharedState, windowOver } from './window';

const { signal } = new AbortController();
const account = (environment: NodeJS.ProcessEnv) => accountOf(environment, () => undefined);

describe('an account of the environment', () => {
  it('is the one the official SDKs take: the cloud unless an endpoint is named', () => {
    expect(account({ LANGSMITH_API_KEY: 'k' })).toMatchObject({
      endpoint: 'https://api.smith.langchain.com',
      workspaceId: undefined,
    });
    const named = account({
      LANGSMITH_API_KEY: ' k ',
      LANGSMITH_ENDPOINT: 'https://eu.api.smith.langchain.com/api/v1',
      LANGSMITH_WORKSPACE_ID: 'w',
    });
    expect(named).toMatchObject({
      endpoint: 'https://eu.api.smith.langchain.com',
      workspaceId: 'w',
    });
    expect(named?.apiKey.reveal()).toBe('k');
  });

  it('is none without a key, and none for an endpoint that no key may be sent to', () => {
    expect(account({ LANGSMITH_ENDPOINT: 'https://x.test' })).toBeUndefined();
    expect(account({ LANGSMITH_API_KEY: 'k', LANGSMITH_ENDPOINT: 'http://x.test' })).toBeUndefined();
  });

  it('tells of its key, so that no log shows it', () => {
    const heard: string[] = [];
    accountOf({ LANGSMITH_API_KEY: 'the-key' }, (secret) => heard.push(secret.reveal()));
    expect(heard).toEqual(['the-key']);
  });
});

describe('connections to choose from', () => {
  async function api() {
    const started = await startScriptedApi();
    onTestFinished(() => started.close());
    return started;
  }

  it('connects with the environment’s key, stores nothing, and is found again by the next window', async () => {
    const { endpoint, apiKey } = await api();
    const environment = { LANGSMITH_ENDPOINT: endpoint, LANGSMITH_API_KEY: apiKey };
    const shared = sharedState();
    const target = { kind: 'langsmith', endpoint, source: 'environment' } as const;
    const outcome = await windowOver(shared, undefined, environment).connectTo(target, signal);
    expect(outcome.kind).toBe('done');
    expect(shared.secrets.entries.size).toBe(0);
    const next = windowOver(shared, undefined, environment);
    await next.restore();
    const { session } = next.current.value;
    await session?.inventory.boxes.refresh();
    expect(session?.inventory.boxes.listing.value.state).toBe('ready');
    expect(targetName(target)).toMatch(/ \(env\)$/);
  });

  it('says so when the environment has no such key any more', async () => {
    const target = { kind: 'langsmith', endpoint: 'https://x.test', source: 'environment' } as const;
    const outcome = await windowOver(sharedState()).connectTo(target, signal);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { cause: 'no-key' } });
  });

  it('switches between two that are known without asking for their keys, until one is signed out of', async () => {
    const [one, other] = [await api(), await api()];
    const shared = sharedState();
    const window = windowOver(shared);
    for (const { endpoint, apiKey } of [one, other]) {
      await window.connectLangSmith({ endpoint }, new Secret(apiKey), signal);
    }
    const first = { kind: 'langsmith', endpoint: one.endpoint } as const;
    expect((await window.connectTo(first, signal)).kind).toBe('done');
    expect(shared.memory.profiles).toMatchObject([{ endpoint: one.endpoint }, { endpoint: other.endpoint }]);
    await window.signOut();
    expect(shared.memory.profiles).toMatchObject([{ endpoint: other.endpoint }]);
    expect((await window.connectTo(first, signal)).kind).toBe('failed');
  });

  it('keeps two keys for one endpoint apart by their names, each with its workspace', async () => {
    const { endpoint, apiKey, workspaces } = await api();
    const shared = sharedState();
    const window = windowOver(shared);
    const team = { endpoint, name: 'Team', workspaceId: 'of-the-team' };
    const mine = { endpoint, name: 'Mine', workspaceId: undefined };
    for (const profile of [team, mine]) await window.connectLangSmith(profile, new Secret(apiKey), signal);
    expect(shared.secrets.entries.size).toBe(2);
    expect((await window.connectTo({ ...team, kind: 'langsmith' }, signal)).kind).toBe('done');
    await window.current.value.session?.inventory.boxes.refresh();
    expect(workspaces.at(-1)).toBe('of-the-team');

    await window.forget(mine);
    expect(shared.memory.profiles).toEqual([team]);
    expect(window.current.value.state).toBe('connected');
    expect(shared.secrets.entries.size).toBe(1);
    await window.forget(team);
    await until('signed out', () => window.current.value.state === 'signed-out' || undefined);
  });

  it('finds the connections of before they had names', async () => {
    const { endpoint, apiKey } = await api();
    const shared = sharedState();
    await shared.secrets.store(`langsmithSandboxes.apiKey:${endpoint}`, apiKey);
    await shared.state.update('endpoints', [endpoint]);
    const [profile] = shared.memory.profiles;
    const outcome = await windowOver(shared).connectTo({ ...profile!, kind: 'langsmith' }, signal);
    expect(outcome.kind).toBe('done');
    expect(shared.memory.profiles).toMatchObject([{ endpoint }]);
  });

  it('that the last window had and that is signed out of in this one does not come back', async () => {
    const { endpoint, apiKey } = await api();
    const shared = sharedState();
    await windowOver(shared).connectLangSmith({ endpoint }, new Secret(apiKey), signal);
    const window = windowOver(shared);
    await window.forget({ endpoint });
    await window.restore();
    expect(window.current.value.state).toBe('signed-out');
    expect(shared.memory.profiles).toEqual([]);
  });

  it('that one window signs out of leaves what another window was connected to last', async () => {
    const [one, other] = [await api(), await api()];
    const shared = sharedState();
    const [first, second] = [windowOver(shared), windowOver(shared)];
    await first.connectLangSmith({ endpoint: one.endpoint }, new Secret(one.apiKey), signal);
    await second.connectLangSmith({ endpoint: other.endpoint }, new Secret(other.apiKey), signal);
    await second.forget({ endpoint: one.endpoint });
    await until('the first window', () => first.current.value.state === 'signed-out' || undefined);
    expect(second.current.value.state).toBe('connected');
    expect(shared.memory.target).toMatchObject({ endpoint: other.endpoint });
  });
});
