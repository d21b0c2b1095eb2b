import { expect } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RequestKind } from '../harness/fault-proxy';
import { until } from '../harness/until';
import type { View } from '../harness/workbench/view';
import type { Workbench } from '../harness/workbench/workbench';
import { test } from './editor-test';
import { command, connectLangSmith, expectSandbox, signOut } from './flows';
import { cutShort, firstRowTwice, refused, shortPages } from './spoiled';
import { pausesBetween, refusals, scenario, startWatched, type Watched } from './watched';

let watched: Watched;
let workbench: Workbench;
let sandboxes: View;

const refresh = (): Promise<void> => workbench.run(command('Refresh'));

test.beforeAll(async ({ editor }) => {
  watched = await startWatched();
  workbench = editor.workbench;
  sandboxes = workbench.view('Sandboxes');
  await connectLangSmith(workbench, { endpoint: watched.proxy.endpoint, apiKey: watched.api.apiKey });
});
test.afterEach(async () => {
  watched.proxy.fault = undefined;
  watched.clear();
  await refresh();
  await expect(sandboxes.rows).toHaveCount(0);
});
test.afterAll(async () => {
  await signOut(workbench);
  await watched.close();
});

/** See `Watched.make`; all are in sight. */
async function making(name: string): Promise<void> {
  watched.make(name);
  await refresh();
  await expectSandbox(workbench, name, /^provisioning/);
}

async function expectChange(name: string): Promise<void> {
  await expectSandbox(workbench, name, /^ready/);
  await expectSandbox(workbench, `after-${name}`, /^ready/);
  await expect(sandboxes.row(`before-${name}`).element).toHaveCount(0);
  await expect(sandboxes.message).toBeHidden();
}

test('a server that is gone for 20 s leaves its rows as they were, and is found again by itself', async () => {
  await making('outlasting');
  await scenario('gone for 20 s', workbench, watched, async () => {
    await watched.passed('look', 3);
    await watched.proxy.leave();
    const isAway = sleep(20_000);
    await refresh();
    await expect(sandboxes.message).toHaveText(/^As of \d+ s ago: no server answers there/);
    watched.change('outlasting');
    await workbench.screenshot('95-server-gone');
    await isAway;
    await expectSandbox(workbench, 'outlasting', /^provisioning/);
    await watched.proxy.comeBack();
    await expectChange('outlasting');
  });
});

test('500s are asked for more and more slowly, and the reason is told', async () => {
  await making('enduring');
  await scenario('500s', workbench, watched, async () => {
    const since = Date.now();
    watched.proxy.fault = refused(500, 'The database is away.');
    await refresh();
    await expect(sandboxes.message).toHaveText(/^As of \d+ s ago: The database is away\.$/);
    watched.change('enduring');
    await until('two looks to fail', () => refusals(watched, 'look', since) > 1 || undefined);
    await expectSandbox(workbench, 'enduring', /^provisioning/);
    watched.proxy.fault = undefined;
    await expectSandbox(workbench, 'enduring', /^ready/);
    const [first = 0, second = 0] = pausesBetween(watched, 'look', since);
    console.log(JSON.stringify({ scenario: 'pauses between looks at 500s, in ms', first, second }));
    expect(second).toBeGreaterThan(first);
    await refresh();
    await expectChange('enduring');
  });
});

test('a server that wants to be left alone for a while is left alone for that while', async () => {
  await making('patient');
  await scenario('429 with Retry-After', workbench, watched, async () => {
    const since = Date.now();
    const kinds: RequestKind[] = ['sandbox list', 'snapshot list', 'look'];
    watched.proxy.fault = refused(429, 'Too many requests.', { 'retry-after': '31' });
    await refresh();
    const counts = (): number[] => kinds.map((kind) => refusals(watched, kind, since));
    await until('all to be refused', () => counts().every((count) => count > 0) || undefined);
    watched.proxy.fault = undefined;
    await expect(sandboxes.message).toHaveText(/^As of \d+ s ago: Too many requests\.$/);
    watched.change('patient');
    await workbench.screenshot('96-left-alone');
    await expectSandbox(workbench, 'patient', /^ready/);
    await refresh();
    await expectChange('patient');
    const pauses = Object.fromEntries(kinds.map((kind) => [kind, pausesBetween(watched, kind, since)[0]]));
    console.log(JSON.stringify({ scenario: 'pauses after 429, in ms', ...pauses }));
    expect(counts()).toEqual([1, 1, 1]);
    for (const pause of Object.values(pauses)) expect(pause).toBeGreaterThanOrEqual(31_000);
  });
});

test('a slow answer undoes nothing that was told since it was asked for, and nothing is asked twice meanwhile', async () => {
  await scenario('slow answers', workbench, watched, async () => {
    for (const slow of ['sandbox list', 'look'] as const) {
      const name = `overtakes-a-${slow.replace(' ', '-')}`;
      await making(name);
      const since = Date.now();
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => (release = resolve));
      watched.proxy.fault = ({ kind }) => (kind === slow ? { kind: 'late', until: released } : undefined);
      await refresh();
      await until('the slow one to be asked', () => watched.proxy.counts(since)[slow]);
      watched.change(name);
      await refresh();
      await expectSandbox(workbench, name, /^ready/);
      expect(watched.proxy.counts(since)[slow]).toBe(1);
      watched.proxy.fault = undefined;
      release();
      await refresh();
      await expectChange(name);
    }
  });
});

test('half of an answer is no answer', async () => {
  await scenario('truncated JSON', workbench, watched, async () => {
    for (const [name, why] of [
      ['torn', 'GET /api/v2/sandboxes/boxes was answered with something that is not JSON'],
      ['cut', 'the connection broke before the answer came'],
    ] as const) {
      await making(name);
      watched.proxy.fault = cutShort(name === 'cut' ? 'connection' : 'text');
      await refresh();
      await expect(sandboxes.message).toHaveText(new RegExp(`^As of \\d+ s ago: ${why}\\.$`));
      await workbench.screenshot(`97-${name}`);
      watched.change(name);
      await expectSandbox(workbench, name, /^provisioning/);
      watched.proxy.fault = undefined;
      await refresh();
      await expectChange(name);
    }
  });
});

test('rows stand once and none is left out while pages shift under those who read them', async () => {
  for (const index of [1, 2, 3, 4, 5, 6, 7, 8, 9]) watched.add(`row-${index}`, 'ready');
  await refresh();
  await expectSandbox(workbench, 'row-9', /^ready/);
  await scenario('pages that repeat and skip', workbench, watched, async () => {
    const shifts: { add?: string[]; remove?: string[] }[] = [
      { remove: ['row-8'] },
      { remove: ['row-7', 'row-6'] },
      { add: ['row-10'] },
      { add: ['row-11', 'row-12', 'row-13'] },
      { remove: ['row-12', 'row-9'] },
    ];
    watched.proxy.fault = shortPages(3, () => {
      const { add = [], remove = [] } = shifts.shift() ?? {};
      for (const name of add) watched.add(name, 'ready');
      for (const name of remove) watched.remove(name);
    });
    while (shifts.length > 0) await refresh();
    await expectRows();
    watched.proxy.fault = firstRowTwice;
    watched.add('row-14', 'ready');
    await expectRows();
  });
});

/** The view has what the server has, in its order. */
async function expectRows(): Promise<void> {
  await refresh();
  const names = watched.api.boxes.map(({ name }) => name);
  await expect(async () => expect(await sandboxes.labels()).toEqual(names)).toPass();
}
