import { describe, expect, it, onTestFinished } from 'vitest';
import { Observable } from '../../../../src/app/observable';
import { Polling } from '../../../../src/app/polling/polling';
import type { Visibility } from '../../../../src/app/polling/visibility';
import type { Session } from '../../../../src/app/session';
import { until } from '../../../harness/until';
import { startScriptedApi, type ScriptedApi } from '../scripted-api';
import { windowOn } from '../window';

const quick = { usualMs: 5, failingMs: 10, awayMs: 10, slowestMs: 40 };
const seldom = { usualMs: 600_000, failingMs: 600_000, awayMs: 600_000, slowestMs: 600_000 };

async function polled(
  visible: Visibility,
  rhythms = { looks: quick, lists: seldom },
): Promise<{ api: ScriptedApi; session: Session; visibility: Observable<Visibility>; polling: Polling }> {
  const api = await startScriptedApi();
  onTestFinished(() => api.close());
  const window = await windowOn(api);
  const visibility = new Observable(visible);
  const polling = new Polling(window, visibility, rhythms);
  onTestFinished(() => polling.dispose());
  return { api, session: window.current.value.session!, visibility, polling };
}

const looks = (api: ScriptedApi): string[] => api.seen.filter((line) => !line.includes('?'));
const nothing: Visibility = { boxes: false, snapshots: false, focused: true };

describe('polling', () => {
  it('asks nothing while nothing is in sight, and loads what comes into sight', async () => {
    const { api, session, visibility } = await polled(nothing);
    expect(api.seen).toEqual([]);
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('the list', () =>
      session.inventory.boxes.listing.value.state === 'ready' ? true : undefined,
    );
    expect(api.seen).toEqual(['GET /boxes?limit=50&offset=0']);
  });

  it('asks for the lists in sight again and again while the window has the focus', async () => {
    const { api, session, visibility } = await polled(nothing, { looks: seldom, lists: quick });
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('the list', () => session.inventory.boxes.listing.value.state === 'ready' || undefined);
    api.addBox({ name: 'made elsewhere' });
    await until('the row', () => session.inventory.boxes.items.length === 1 || undefined);
    visibility.set({ boxes: true, snapshots: false, focused: false });
    await ticks(2);
    const count = api.seen.length;
    await ticks(10);
    expect(api.seen).toHaveLength(count);
    expect(new Set(api.seen)).toEqual(new Set(['GET /boxes?limit=50&offset=0']));
  });

  it('asks for a list that is no longer fresh as soon as the window gets the focus', async () => {
    const { api, session, visibility } = await polled(nothing, { looks: seldom, lists: seldom });
    api.override = () => ({ status: 500 });
    visibility.set({ boxes: true, snapshots: false, focused: false });
    await until('a failure', () => session.inventory.boxes.listing.value.state === 'failed' || undefined);
    api.override = undefined;
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('the list', () => session.inventory.boxes.listing.value.state === 'ready' || undefined);
  });

  it('says nothing of being busy when nobody waits for a list', async () => {
    const { api, session, visibility } = await polled(nothing, { looks: seldom, lists: quick });
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('the list', () => session.inventory.boxes.listing.value.state === 'ready' || undefined);
    const told: boolean[] = [];
    session.inventory.boxes.busy.subscribe((isBusy) => told.push(isBusy));
    const count = api.seen.length;
    await until('two rounds', () => api.seen.length > count + 2 || undefined);
    expect(told.filter(Boolean)).toEqual([]);
  });

  it('leaves a server alone for as long as it asks for, also when the window gets the focus', async () => {
    const { api, session, visibility } = await polled(nothing, { looks: seldom, lists: quick });
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('the list', () => session.inventory.boxes.listing.value.state === 'ready' || undefined);
    api.override = () => ({ status: 429, headers: { 'retry-after': '600' } });
    await until('a refusal', () => session.inventory.boxes.listing.value.state === 'stale' || undefined);
    const count = api.seen.length;
    visibility.set({ boxes: true, snapshots: false, focused: false });
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await ticks(10);
    expect(api.seen).toHaveLength(count);
  });

  it('leaves it alone also when it was asked by hand, and goes on as usual once it is well', async () => {
    const lists = { ...quick, usualMs: 40 };
    const { api, session, visibility, polling } = await polled(nothing, { looks: seldom, lists });
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('the list', () => session.inventory.boxes.listing.value.state === 'ready' || undefined);
    api.override = () => ({ status: 429, headers: { 'retry-after': '600' } });
    await polling.refresh(session);
    const count = api.seen.length;
    await ticks(20);
    expect(api.seen).toHaveLength(count);
    api.override = undefined;
    await polling.refresh(session);
    await until('two rounds', () => api.seen.length > count + 3 || undefined);
  });

  it('looks as often as usual again once a list shows that the server is well', async () => {
    const looksSlowed = { ...quick, failingMs: 600_000, slowestMs: 600_000 };
    const { api, session, visibility, polling } = await polled(nothing, {
      looks: looksSlowed,
      lists: seldom,
    });
    const box = api.addBox({ status: 'provisioning' });
    api.override = (line) => (line.endsWith('/status') ? { status: 500 } : undefined);
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('a failed look', () => looks(api).length > 0 || undefined);
    await until('another look', async () => {
      await polling.refresh(session);
      return looks(api).length > 1 || undefined;
    });
    expect(new Set(looks(api))).toEqual(new Set([`GET /boxes/${box.id}/status`]));
  });

  it('looks at a building snapshot until it is ready, and then at nothing more', async () => {
    const { api, session, visibility } = await polled(nothing);
    const building = api.addSnapshot({ name: 'b', status: 'building' });
    api.addSnapshot({ name: 'a' });
    visibility.set({ boxes: false, snapshots: true, focused: true });
    await until('two looks', () => (looks(api).length >= 2 ? true : undefined));
    building.status = 'ready';
    await until('ready', () =>
      session.inventory.snapshots.find(building.id)?.status === 'ready' ? true : undefined,
    );
    const count = looks(api).length;
    await session.inventory.snapshots.refresh();
    expect(looks(api)).toHaveLength(count);
    expect(new Set(looks(api))).toEqual(new Set([`GET /snapshots/${building.id}`]));
  });

  it('asks for the whole sandbox only once its status has changed', async () => {
    const { api, session, visibility } = await polled(nothing);
    const box = api.addBox({ status: 'provisioning' });
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('a look', () => (looks(api).length >= 2 ? true : undefined));
    expect(looks(api)).not.toContain(`GET /boxes/${box.id}`);
    Object.assign(box, { status: 'ready', dataplane_url: 'http://127.0.0.1/d' });
    await until('ready', () => (session.inventory.boxes.find(box.id)?.dataplane_url ? true : undefined));
    expect(looks(api).at(-1)).toBe(`GET /boxes/${box.id}`);
  });

  it('takes away what is deleted elsewhere', async () => {
    const { api, session, visibility } = await polled(nothing);
    api.addBox({ status: 'deleting' });
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('the row', () => (session.inventory.boxes.items.length === 1 ? true : undefined));
    api.boxes.length = 0;
    await until('its end', () => (session.inventory.boxes.items.length === 0 ? true : undefined));
  });

  it('leaves a resource to the action that waits for it', async () => {
    const { api, session, visibility } = await polled(nothing);
    const waited = api.addBox({ status: 'provisioning' });
    const other = api.addBox({ status: 'provisioning' });
    const end = new AbortController();
    const action = session.inventory.pending
      .during(
        waited.id,
        'waiting',
        end.signal,
        (signal) => new Promise((_, reject) => signal.addEventListener('abort', reject)),
      )
      .catch(() => undefined);
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('looks', () => (looks(api).length >= 3 ? true : undefined));
    expect(new Set(looks(api))).toEqual(new Set([`GET /boxes/${other.id}/status`]));
    end.abort();
    await action;
  });

  it('goes on after failures', async () => {
    const { api, session, visibility } = await polled(nothing);
    const box = api.addBox({ status: 'provisioning' });
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('the row', () => (session.inventory.boxes.items.length === 1 ? true : undefined));
    api.override = () => ({ status: 500 });
    const before = looks(api).length;
    await until('failed looks', () => (looks(api).length > before + 2 ? true : undefined));
    api.override = undefined;
    box.status = 'ready';
    await until('ready', () => (session.inventory.boxes.find(box.id)?.status === 'ready' ? true : undefined));
  });

  it('stops when the views go out of sight', async () => {
    const { api, visibility } = await polled(nothing);
    api.addBox({ status: 'provisioning' });
    visibility.set({ boxes: true, snapshots: false, focused: true });
    await until('a look', () => (looks(api).length >= 1 ? true : undefined));
    visibility.set(nothing);
    // What was under way may still arrive; after that, ten ticks bring nothing.
    await ticks(2);
    const count = looks(api).length;
    await ticks(10);
    expect(looks(api)).toHaveLength(count);
  });
});

async function ticks(count: number): Promise<void> {
  for (let tick = 0; tick < count; tick++) await new Promise((resolve) => setTimeout(resolve, quick.usualMs));
}
