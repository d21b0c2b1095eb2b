import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Secret } from '../../../src/api/secret';
import { Transport } from '../../../src/api/transport';
import type { Connections } from '../../../src/app/connections';
import { LocalServerError } from '../../../src/app/local-process/server-error';
import { until } from '../../harness/until';
import { startScriptedApi, type ScriptedApi } from './scripted-api';
import { sharedState, windowOver } from './window';

const { signal } = new AbortController();

async function scriptedApi(): Promise<ScriptedApi> {
  const api = await startScriptedApi();
  onTestFinished(() => api.close());
  return api;
}

const stateOf = (connections: Connections): string => connections.current.value.state;

describe('connecting to LangSmith', () => {
  it('tries the key by a real call and stores nothing when it is refused', async () => {
    const api = await scriptedApi();
    const shared = sharedState();
    const window = windowOver(shared);
    const outcome = await window.verify({ endpoint: api.endpoint }, new Secret('wrong'), signal);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { cause: 'unauthorized' } });
    expect(api.seen).toEqual(['GET /boxes?limit=1']);
    expect(shared.secrets.entries.size).toBe(0);
    expect(stateOf(window)).toBe('signed-out');
  });

  it('keeps the key in the secret storage alone, and is found again by the next window', async () => {
    const api = await scriptedApi();
    const shared = sharedState();
    const window = windowOver(shared);
    const key = new Secret(api.apiKey);
    expect(await window.verify({ endpoint: api.endpoint }, key, signal)).toMatchObject({ kind: 'done' });
    expect(await window.connectLangSmith({ endpoint: api.endpoint }, key, signal)).toMatchObject({
      kind: 'done',
    });
    expect(stateOf(window)).toBe('connected');
    expect(JSON.stringify([...shared.state.stored])).not.toContain(api.apiKey);

    const next = windowOver(shared);
    await next.restore();
    const { session } = next.current.value;
    await session?.inventory.boxes.refresh();
    expect(session?.inventory.boxes.listing.value.state).toBe('ready');
  });

  it('asks nothing of the server by restoring', async () => {
    const api = await scriptedApi();
    const shared = sharedState();
    await windowOver(shared).connectLangSmith({ endpoint: api.endpoint }, new Secret(api.apiKey), signal);
    await windowOver(shared).restore();
    expect(api.seen).toEqual([]);
  });

  it('says so when the remembered connection has no key any more', async () => {
    const api = await scriptedApi();
    const shared = sharedState();
    await windowOver(shared).connectLangSmith({ endpoint: api.endpoint }, new Secret(api.apiKey), signal);
    shared.secrets.entries.clear();
    const next = windowOver(shared);
    await next.restore();
    expect(next.current.value).toMatchObject({ state: 'failed', failure: { cause: 'no-key' } });
  });

  it('deletes the key on sign-out, in all windows', async () => {
    const api = await scriptedApi();
    const shared = sharedState();
    const [one, other] = [windowOver(shared), windowOver(shared)];
    await one.connectLangSmith({ endpoint: api.endpoint }, new Secret(api.apiKey), signal);
    await other.restore();
    expect(stateOf(other)).toBe('connected');
    await one.signOut();
    await until('the other window', () => (stateOf(other) === 'signed-out' ? true : undefined));
    expect(shared.secrets.entries.size).toBe(0);
    expect([...shared.state.stored]).toEqual([['profiles', '[]']]);
  });

  it('follows a key that another window replaced', async () => {
    const api = await scriptedApi();
    const shared = sharedState();
    const [one, other] = [windowOver(shared), windowOver(shared)];
    await one.connectLangSmith({ endpoint: api.endpoint }, new Secret('worn out'), signal);
    await other.restore();
    const boxes = other.current.value.session!.inventory.boxes;
    await boxes.refresh();
    expect(boxes.listing.value.state).toBe('failed');
    await one.connectLangSmith({ endpoint: api.endpoint }, new Secret(api.apiKey), signal);
    await until('the key', async () => {
      await boxes.refresh();
      return boxes.listing.value.state === 'ready' ? true : undefined;
    });
    expect(other.current.value.session?.inventory.boxes).toBe(boxes);
  });

  it('connects once with a key that replaces the one it is connected with', async () => {
    const api = await scriptedApi();
    const shared = sharedState();
    const window = windowOver(shared);
    await window.connectLangSmith({ endpoint: api.endpoint }, new Secret('worn out'), signal);
    const session = window.current.value.session!;
    // The change is heard of at once, what is stored takes longer to read.
    shared.secrets.get = async (key) => {
      await new Promise(setImmediate);
      return shared.secrets.entries.get(key);
    };
    const outcome = await window.connectLangSmith({ endpoint: api.endpoint }, new Secret(api.apiKey), signal);
    expect(outcome).toMatchObject({ kind: 'done' });
    await session.inventory.boxes.refresh();
    expect(session.inventory.boxes.listing.value.state).toBe('ready');
    expect(window.current.value).toMatchObject({ state: 'connected' });
  });

  it('says so when the secret storage does not take the key', async () => {
    const api = await scriptedApi();
    const shared = sharedState();
    shared.secrets.store = () => Promise.reject(new Error('the keychain is locked'));
    const window = windowOver(shared);
    const outcome = await window.connectLangSmith({ endpoint: api.endpoint }, new Secret(api.apiKey), signal);
    expect(outcome).toMatchObject({ kind: 'failed', failure: { reason: 'the keychain is locked' } });
    expect(stateOf(window)).toBe('signed-out');
  });

  it('stays signed out when a connection is under way at sign-out', async () => {
    const api = await scriptedApi();
    const window = windowOver(
      sharedState(),
      (signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    await window.connectLangSmith({ endpoint: api.endpoint }, new Secret(api.apiKey), signal);
    const connecting = window.connectTo({ kind: 'local' }, signal);
    await window.signOut();
    expect(await connecting).toEqual({ kind: 'cancelled' });
    expect(window.current.value).toEqual({ state: 'signed-out' });
  });

  it('stays connected where it was when another connection fails', async () => {
    const api = await scriptedApi();
    const window = windowOver(sharedState());
    await window.connectLangSmith({ endpoint: api.endpoint }, new Secret(api.apiKey), signal);
    expect(await window.connectTo({ kind: 'local' }, signal)).toMatchObject({ kind: 'failed' });
    expect(window.current.value).toMatchObject({ state: 'connected', target: { kind: 'langsmith' } });
  });
});

/** As much of a local server as a connection needs: a lease that ends when the test says so. */
async function leasingServer() {
  const leases: ServerResponse[] = [];
  const server = createServer((_, response) => {
    leases.push(response);
    response.write('held\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { endpoint, leases, openLeases: () => leases.filter(({ destroyed }) => !destroyed).length };
}

describe('connecting to Local', () => {
  it('holds a lease while connected and lets go on sign-out', async () => {
    const server = await leasingServer();
    const window = windowOver(sharedState(), () =>
      Promise.resolve({ endpoint: server.endpoint, transport: new Transport(server) }),
    );
    expect(await window.connectTo({ kind: 'local' }, signal)).toMatchObject({ kind: 'done' });
    expect(window.current.value).toMatchObject({ state: 'connected', endpoint: server.endpoint });
    expect(server.openLeases()).toBe(1);
    await window.signOut();
    await until('the end of the lease', () => (server.openLeases() === 0 ? true : undefined));
  });

  it('finds the server again when it goes away, and keeps the rows meanwhile', async () => {
    const [first, second] = [await leasingServer(), await leasingServer()];
    const servers = [first, second];
    const window = windowOver(sharedState(), () => {
      const { endpoint } = servers.shift()!;
      return Promise.resolve({ endpoint, transport: new Transport({ endpoint }) });
    });
    await window.connectTo({ kind: 'local' }, signal);
    const before = window.current.value.session;
    const states: string[] = [];
    window.current.subscribe(({ state, session }) => states.push(`${state} ${session === before}`));
    first.leases[0]?.destroy();
    await until('the second server', () =>
      second.openLeases() === 1 && stateOf(window) === 'connected' ? true : undefined,
    );
    expect(states).toEqual(['connecting true', 'connected true']);
  });

  it('gives up a server that goes away again and again', async () => {
    const server = await leasingServer();
    const window = windowOver(sharedState(), () =>
      Promise.resolve({ endpoint: server.endpoint, transport: new Transport(server) }),
    );
    window.current.subscribe(({ state }) => {
      if (state === 'connected') server.leases.at(-1)?.destroy();
    });
    await window.connectTo({ kind: 'local' }, signal);
    await until('the end', () => (stateOf(window) === 'failed' ? true : undefined));
    expect(window.current.value).toMatchObject({ failure: { cause: 'local-exited' } });
    expect(window.current.value.session).toBeDefined();
  });

  it('says that no engine was found, and connects when it is asked again', async () => {
    const server = await leasingServer();
    let hasEngine = false;
    const window = windowOver(sharedState(), () =>
      hasEngine
        ? Promise.resolve({ endpoint: server.endpoint, transport: new Transport(server) })
        : Promise.reject(new LocalServerError('no-engine', ['DOCKER_HOST: not set'])),
    );
    expect(await window.connectTo({ kind: 'local' }, signal)).toMatchObject({
      kind: 'failed',
      failure: { cause: 'no-engine' },
    });
    expect(window.current.value).toMatchObject({ state: 'failed', failure: { cause: 'no-engine' } });
    hasEngine = true;
    expect(await window.reconnect(signal)).toMatchObject({ kind: 'done' });
  });

  it('can be cancelled, and is then where it was before', async () => {
    const window = windowOver(
      sharedState(),
      (signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    );
    const controller = new AbortController();
    const connecting = window.connectTo({ kind: 'local' }, controller.signal);
    expect(stateOf(window)).toBe('connecting');
    controller.abort();
    expect(await connecting).toMatchObject({ kind: 'cancelled' });
    expect(stateOf(window)).toBe('signed-out');
  });
});
