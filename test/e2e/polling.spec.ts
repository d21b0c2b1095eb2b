import { expect } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchRepaints } from '../harness/rows/repainted-rows';
import { until } from '../harness/until';
import type { Workbench } from '../harness/workbench/workbench';
import { test } from './editor-test';
import { command, connectLangSmith, container, expectSandbox, signOut } from './flows';
import { cutShort, refused } from './spoiled';
import { pausesBetween, startWatched, type Watched } from './watched';

test.describe.configure({ mode: 'serial', timeout: 300_000 });

/** Between two times that lists are asked for: usually, and after a failure. */
const [usualMs, failingMs] = [30_000, 60_000];
/** The proxy’s clock and the timer’s may differ by so much. */
const clocksMs = 500;
/** A wait for the lists to be asked for after a failure, and some. */
const recovery = { timeout: 2 * failingMs };

let watched: Watched;
/** Of one user; each asks by itself. */
let [first, second, third]: Workbench[] = [];

test.beforeAll(async ({ editor }) => {
  watched = await startWatched();
  watched.add('agent', 'ready');
  watched.add('resting', 'stopped');
  first = editor.workbench;
  await connectLangSmith(first, { endpoint: watched.proxy.endpoint, apiKey: watched.api.apiKey });
});
test.afterAll(async () => {
  await second?.page.close();
  await signOut(first!);
  await watched.close();
});

test('lists recover by themselves from a 500, a 429 and a torn answer, and a row counts down meanwhile', async ({
  editor,
}) => {
  [second, third] = [await editor.openWindow(), await editor.openWindow()];
  for (const window of [second, third]) {
    await window.openContainer(container);
    await expectSandbox(window, 'agent', /^ready/);
  }
  await countDown(first!);
  const { repainted } = await watchRepaints(first!.page, 'Sandboxes');
  await expect(badge(first!)).toHaveText('1');
  await fail(first!, refused(500, 'The database is away.'), 'The database is away.');
  await fail(second, refused(429, 'Too many requests.', { 'retry-after': '5' }), 'Too many requests.');
  await fail(third, cutShort('text'), 'something that is not JSON');
  watched.proxy.fault = undefined;
  const since = Date.now();
  await expectSandbox(first!, 'agent', /stops in (?:10|9|8) min/);
  expect(new Set(await repainted())).toEqual(new Set(['agent']));
  watched.add('new', 'ready');
  for (const window of [first!, second, third]) {
    await expect(window.view('Sandboxes').row('new').description).toHaveText(/^ready/, recovery);
    await expect(window.view('Sandboxes').message).toBeHidden();
    await expect(badge(window)).toHaveText('2');
  }
  console.log(JSON.stringify({ scenario: 'recovered by themselves', requests: watched.proxy.counts(since) }));
  await third.page.close();
});

test('lists are asked for every 30 s in sight, not at all without the focus or hidden for two minutes', async () => {
  await second!.setFocused(false);
  await first!.page.bringToFront();
  const inSight = Date.now();
  const two = () => (watched.proxy.counts(inSight)['sandbox list'] ?? 0) >= 2 || undefined;
  await until('the list to be asked for twice', two, 3 * usualMs);
  const pauses = pausesBetween(watched, 'sandbox list', inSight);
  console.log(JSON.stringify({ scenario: 'pauses between lists in sight, in ms', pauses }));
  expect(pauses[0]).toBeGreaterThan(usualMs - clocksMs);

  await first!.run('View: Show Explorer');
  const quietMs = (): number => Date.now() - (watched.proxy.passages.at(-1)?.askedAt ?? 0);
  await until('all to be quiet', () => quietMs() > 5_000 || undefined);
  const since = Date.now();
  watched.make('unseen');
  await sleep(60_000);
  await first!.run('View: Toggle Primary Side Bar Visibility');
  await sleep(60_000);
  console.log(JSON.stringify({ scenario: 'hidden for 2 min', requests: watched.proxy.counts(since) }));
  expect(watched.proxy.counts(since)).toEqual({});
});

test('they are asked for at once when the window has the focus again, and when they are in sight again', async () => {
  for (const [name, window, back] of [
    ['focused again', second!, () => second!.setFocused(true)],
    ['in sight again', first!, () => first!.openContainer(container)],
  ] as const) {
    watched.make(`unseen-${name}`);
    await second!.setFocused(false); // it asks by itself
    const since = Date.now();
    await back();
    await until('the list to be asked for', () => watched.proxy.counts(since)['sandbox list']);
    const asked = watched.proxy.passages.find(
      ({ kind, askedAt }) => kind === 'sandbox list' && askedAt >= since,
    );
    console.log(JSON.stringify({ scenario: name, askedAfterMs: asked!.askedAt - since }));
    expect(asked!.askedAt - since).toBeLessThan(usualMs / 2);
    await expectSandbox(window, `unseen-${name}`, /^provisioning/);
  }
});

/** Its answer stands above the rows; whoever else asks then fares alike. */
async function fail(window: Workbench, fault: Watched['proxy']['fault'], why: string): Promise<void> {
  await window.page.bringToFront();
  watched.proxy.fault = fault;
  await window.run(command('Refresh'));
  await expect(window.view('Sandboxes').message).toContainText(why);
}

/** The sandbox will stop in a little more than ten minutes, and all windows know. */
async function countDown(window: Workbench): Promise<void> {
  const agent = watched.api.boxes.find(({ name }) => name === 'agent');
  Object.assign(agent!, { idle_since: new Date().toISOString(), idle_ttl_seconds: 10 * 60 + 50 });
  await window.run(command('Refresh'));
  await expectSandbox(window, 'agent', /stops in 11 min/);
}

const badge = (window: Workbench) =>
  window.page.locator('.part.activitybar').getByRole('tab', { name: container }).locator('.badge-content');
