import { expect, it, onTestFinished, vi } from 'vitest';
import { Secret } from '../../../../src/api/secret';
import type { Connection } from '../../../../src/app/connection';
import { Observable } from '../../../../src/app/observable';
import { TerminalAccess } from '../../../../src/app/own-code/terminal-access';
import type { Target } from '../../../../src/app/target';
import { memento } from '../memento';

const local: Target = { kind: 'local' };
const cloud: Target = { kind: 'langsmith', endpoint: 'https://one.example.com', workspaceId: 'w1' };
const other: Target = { kind: 'langsmith', endpoint: 'https://other.example.com' };

const connected = (
  target: Target,
  endpoint = 'endpoint' in target ? target.endpoint : 'http://127.0.0.1:1',
): Connection => ({
  state: 'connected',
  target,
  endpoint,
  session: {} as never,
});

function opened(connection: Connection, state = memento(), keys = new Map<Target, string>()) {
  const current = new Observable<Connection>(connection);
  const onError = vi.fn();
  const keyOf = vi.fn((target: Target) =>
    Promise.resolve(new Secret(keys.get(target) ?? `key of ${target.kind}`)),
  );
  const access = new TerminalAccess({ current, state, keyOf, onError });
  onTestFinished(() => access.dispose());
  const values = (): Record<string, string> =>
    Object.fromEntries(
      [...(access.variables.value?.values ?? [])].map(([name, value]) => [name, value.reveal()]),
    );
  return { current, access, values, state, keys, keyOf };
}

it('nothing is given before the user wants it, and no key is read', async () => {
  const { values, keyOf, current } = opened(connected(local));
  current.set(connected(cloud));
  await Promise.resolve();
  expect(values()).toEqual({});
  expect(keyOf).not.toHaveBeenCalled();
});

it('of the local server, programs get the endpoint and the key, and the next endpoint when it moves', async () => {
  const { access, values, current } = opened(connected(local));
  await access.use(local, 'with-key');
  expect(values()).toEqual({
    LANGSMITH_ENDPOINT: 'http://127.0.0.1:1',
    LANGSMITH_API_KEY: 'key of local',
  });
  current.set({ state: 'connecting', target: local });
  expect(values()).toMatchObject({ LANGSMITH_ENDPOINT: 'http://127.0.0.1:1' });
  current.set(connected(local, 'http://127.0.0.1:2'));
  await vi.waitFor(() => expect(values()).toMatchObject({ LANGSMITH_ENDPOINT: 'http://127.0.0.1:2' }));
});

it('the key of a LangSmith is given only when it was that one that the user gave', async () => {
  const { access, values, current } = opened(connected(cloud));
  await access.use(cloud, 'without-key');
  expect(values()).toEqual({
    LANGSMITH_ENDPOINT: 'https://one.example.com',
    LANGSMITH_WORKSPACE_ID: 'w1',
  });
  await access.use(cloud, 'with-key');
  expect(values()).toHaveProperty('LANGSMITH_API_KEY', 'key of langsmith');
  current.set(connected(other));
  expect(values()).toEqual({});
  await vi.waitFor(() => expect(values()).toEqual({ LANGSMITH_ENDPOINT: 'https://other.example.com' }));
  await access.use(cloud, 'without-key');
  current.set(connected(cloud));
  await vi.waitFor(() => expect(values()).toHaveProperty('LANGSMITH_WORKSPACE_ID'));
  expect(values()).not.toHaveProperty('LANGSMITH_API_KEY');
});

it('a key that was updated takes the place of the one before', async () => {
  const { access, values, current, keys } = opened(connected(cloud));
  await access.use(cloud, 'with-key');
  keys.set(cloud, 'the new key');
  current.set(connected(cloud));
  await vi.waitFor(() => expect(values()).toHaveProperty('LANGSMITH_API_KEY', 'the new key'));
});

it('signing out takes everything at once, also what is still being read', async () => {
  const { access, values, current } = opened(connected(local));
  await access.use(local, 'with-key');
  current.set(connected(local));
  current.set({ state: 'signed-out' });
  expect(values()).toEqual({});
  await new Promise((resolve) => setImmediate(resolve));
  expect(values()).toEqual({});
});

it('the choice outlives the window, without a key in it, and ends when it is taken back', async () => {
  const state = memento();
  const before = opened(connected(cloud), state);
  await before.access.use(cloud, 'with-key');
  expect([...state.stored.values()].join()).not.toContain('key of');
  const { access, values } = opened(connected(cloud), state);
  await vi.waitFor(() => expect(values()).toHaveProperty('LANGSMITH_API_KEY', 'key of langsmith'));
  await access.stop();
  expect(values()).toEqual({});
  expect(state.stored.size).toBe(0);
});
