import { onTestFinished, expect, it, vi } from 'vitest';
import { Secret } from '../../../../src/api/secret';
import { Transport } from '../../../../src/api/transport';
import type { Connection } from '../../../../src/app/connection';
import type { Connections } from '../../../../src/app/connections';
import { Reach } from '../../../../src/app/files/reach';
import { Observable } from '../../../../src/app/observable';
import { Session } from '../../../../src/app/session';
import { startScriptedApi, type ScriptedApi } from '../scripted-api';
import { sharedState, windowOn, windowOver } from '../window';

const { signal } = new AbortController();

async function scriptedApi(): Promise<ScriptedApi> {
  const api = await startScriptedApi();
  onTestFinished(() => api.close());
  return api;
}

const looks = ({ seen }: ScriptedApi, id: string): number =>
  seen.filter((each) => each === `GET /boxes/${id}`).length;

const session = ({ current }: Connections): NonNullable<Connections['current']['value']['session']> =>
  current.value.session!;

it('a window that was reloaded restores its connection for who asks', async () => {
  const api = await scriptedApi();
  const box = api.addBox();
  const shared = sharedState();
  const before = windowOver(shared);
  const key = new Secret(api.apiKey);
  expect((await before.connectLangSmith({ endpoint: api.endpoint }, key, signal)).kind).toBe('done');
  await before.dispose();
  const reach = new Reach(windowOver(shared));
  expect((await reach.place(box.id)).box.id).toBe(box.id);
});

it('a window that was never connected says so', async () => {
  const reach = new Reach(windowOver(sharedState()));
  await expect(reach.place('id')).rejects.toMatchObject({ obstacle: { why: 'not-connected' } });
});

it('those who ask at the same time share a look, and an answer spares the next for some seconds', async () => {
  const api = await scriptedApi();
  const { id } = api.addBox();
  let now = 0;
  const reach = new Reach(await windowOn(api), undefined, () => now);
  await Promise.all([reach.place(id), reach.place(id)]);
  expect(looks(api, id)).toBe(1);
  now = 4_000;
  await reach.place(id);
  reach.prove(id);
  now = 8_000;
  await reach.place(id);
  expect(looks(api, id)).toBe(1);
  now = 20_000;
  await reach.place(id);
  expect(looks(api, id)).toBe(2);
});

it('what the window knows to be stopped is out of reach, though it has just answered', async () => {
  const api = await scriptedApi();
  const box = api.addBox();
  const window = await windowOn(api);
  const { inventory } = session(window);
  await inventory.boxes.refresh();
  const reach = new Reach(window);
  await reach.place(box.id);
  Object.assign(box, { status: 'stopped' });
  await inventory.boxes.refresh();
  const stopped = { obstacle: { why: 'not-running', status: 'stopped' } };
  await expect(reach.place(box.id)).rejects.toMatchObject(stopped);
});

it.each(['stopping', 'deleting'] as const)(
  'what the window is %s is out of reach, though it runs, and within reach again when that came to nothing',
  async (action) => {
    const api = await scriptedApi();
    const box = api.addBox();
    const window = await windowOn(api);
    const reach = new Reach(window);
    const { stillRuns } = await reach.place(box.id);
    let refuse = (): void => undefined;
    const work = (): Promise<void> =>
      new Promise((_resolve, reject) => (refuse = () => reject(new Error('refused'))));
    const ended = session(window).inventory.pending.during(box.id, action, signal, work);
    ended.catch(() => undefined);
    const stopped = { obstacle: { why: 'not-running', status: 'stopped' } };
    await expect(reach.place(box.id)).rejects.toMatchObject(stopped);
    await expect(stillRuns({ isDoubtful: true })).rejects.toMatchObject(stopped);
    refuse();
    await expect(ended).rejects.toThrow('refused');
    await stillRuns();
    expect((await reach.place(box.id)).box.id).toBe(box.id);
  },
);

it('long work is told that its sandbox was stopped elsewhere', async () => {
  const api = await scriptedApi();
  const box = api.addBox();
  const { stillRuns } = await new Reach(await windowOn(api)).place(box.id);
  await stillRuns({ isDoubtful: true });
  await stillRuns();
  expect(looks(api, box.id)).toBe(2);
  Object.assign(box, { status: 'stopped' });
  const stopped = { obstacle: { why: 'not-running', status: 'stopped' } };
  await expect(stillRuns({ isDoubtful: true })).rejects.toMatchObject(stopped);
});

it('what runs again is told so at once, and the rows with it', async () => {
  const api = await scriptedApi();
  const box = api.addBox({ status: 'stopped' });
  const window = await windowOn(api);
  const { inventory } = session(window);
  await inventory.boxes.refresh();
  const reach = new Reach(window);
  await expect(reach.place(box.id)).rejects.toThrow();
  Object.assign(box, { status: 'ready' });
  await reach.place(box.id);
  expect(inventory.boxes.find(box.id)?.status).toBe('ready');
});

it('what one connection was asked is no answer for the next', async () => {
  const [first, second] = [await scriptedApi(), await scriptedApi()];
  const { id } = first.addBox();
  second.addBox({ id, dataplane_url: 'https://second.invalid' });
  const window = await windowOn(first);
  first.override = (request) => (request === `GET /boxes/${id}` ? 'hang' : undefined);
  const reach = new Reach(window);
  const before = reach.place(id);
  before.catch(() => undefined); // Ends with its connection.
  await vi.waitFor(() => expect(looks(first, id)).toBe(1));
  const key = new Secret(second.apiKey);
  expect((await window.connectLangSmith({ endpoint: second.endpoint }, key, signal)).kind).toBe('done');
  const { transport, box } = await reach.place(id);
  expect(box.dataplane_url).toBe('https://second.invalid');
  expect(transport).toBe(session(window).transport);
});

it.each([
  { on: 'LangSmith', ranges: 4 },
  { on: 'the local server, which reads it from its beginning each time', ranges: 1 },
])('a file may come down in $ranges at once from $on', async ({ ranges }) => {
  const api = await scriptedApi();
  const { id } = api.addBox();
  const target =
    ranges === 1 ? ({ kind: 'local' } as const) : ({ kind: 'langsmith', endpoint: api.endpoint } as const);
  const transport = new Transport({ endpoint: api.endpoint, apiKey: new Secret(api.apiKey) });
  const session = new Session(target, transport, () => 50);
  onTestFinished(() => session.end());
  const { endpoint } = api;
  const current = new Observable<Connection>({ state: 'connected', target, endpoint, session });
  const reach = new Reach({ current, restore: () => Promise.resolve() });
  expect(await reach.place(id)).toMatchObject({ mostRanges: ranges });
});
