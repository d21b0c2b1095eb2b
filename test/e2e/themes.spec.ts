import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Box, Snapshot } from '../../src/api/types';
import type { Workbench } from '../harness/workbench/workbench';
import { startScriptedApi, type ScriptedApi } from '../unit/app/scripted-api';
import { test } from './editor-test';
import { connectLangSmith, container, signOut } from './flows';

test.describe.configure({ mode: 'serial' });

/** The editor's own names of its four kinds of themes. */
const themes = [
  ['dark', 'Dark Modern'],
  ['light', 'Light Modern'],
  ['dark-contrast', 'Dark High Contrast'],
  ['light-contrast', 'Light High Contrast'],
] as const;

let api: ScriptedApi;
let workbench: Workbench;

test.beforeAll(async ({ editor }) => {
  api = await startScriptedApi();
  addEveryState(api);
  workbench = editor.workbench;
  await workbench.openContainer(container);
});
test.afterAll(async () => {
  await chooseTheme('Dark Modern');
  await signOut(workbench);
  await api.close();
});

test('nobody is shut out of the welcome, whatever the theme', async () => {
  await eachTheme('welcome');
});

test('nor of rows in any state', async () => {
  await connectLangSmith(workbench, api);
  await expect(workbench.view('Sandboxes').rows).toHaveCount(6);
  await workbench.view('Activity').expand();
  await eachTheme('states');
});

test('a row’s name holds all that is seen of it, in words, for who does not see its icon', async () => {
  for (const name of ['Sandboxes', 'Snapshots'] as const) {
    const rows = await workbench.view(name).rows.evaluateAll((all: RenderedRow[]) =>
      all.map((row) => ({
        spoken: row.getAttribute('aria-label') ?? '',
        seen: ['.label-name', '.label-description'].map(
          (part) => row.querySelector(part)?.textContent ?? '?',
        ),
      })),
    );
    expect(rows.length).toBeGreaterThan(4);
    for (const { spoken, seen } of rows) {
      expect(spoken).toMatch(/^(Sandbox|Snapshot) /);
      for (const text of seen) expect(spoken).toContain(text);
    }
  }
});

/** What is used here of the browser's element. */
interface RenderedRow {
  getAttribute(name: string): string | null;
  querySelector(selector: string): { textContent: string } | null;
}

async function eachTheme(state: string): Promise<void> {
  for (const [kind, theme] of themes) {
    await chooseTheme(theme);
    await workbench.screenshot(`70-${state}-${kind}`);
    expect.soft({ theme, findings: await findings() }).toEqual({ theme, findings: [] });
  }
}

async function chooseTheme(theme: string): Promise<void> {
  await workbench.run('Preferences: Color Theme');
  await workbench.quickInput.type(theme);
  await workbench.quickInput.pick(theme);
  await workbench.quickInput.hidden();
}

/** Rules that the editor itself breaks, in what no extension can change. */
const ofTheEditor = new Set([
  'landmark-unique', // it names the welcome of each view alike
  'label-content-name-mismatch', // it sets label and description of a row side by side, without a space
]);

/** What breaks the rules for accessible pages in the views' bodies: the frame around them is the editor's. */
async function findings(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: workbench.page })
    .include('.part.sidebar .pane-body')
    .analyze();
  const ours = violations.filter(({ id }) => !ofTheEditor.has(id));
  return ours.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${any[0]?.message} ${html}`));
}

function addEveryState(scripted: ScriptedApi): void {
  const addBox = (facts: Partial<Box>): Box => scripted.addBox(facts);
  const addSnapshot = (facts: Partial<Snapshot>): Snapshot => scripted.addSnapshot(facts);
  const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
  const now = new Date().toISOString();
  const base = addSnapshot({ name: 'python', docker_image: 'python:3.12-slim', created_at: hourAgo });
  const on = { snapshot_id: base.id, created_at: hourAgo, updated_at: now };
  addBox({ ...on, name: 'broken', status: 'failed', status_message: 'No space left on the disk.' });
  addBox({ ...on, name: 'leaving', status: 'deleting' });
  addBox({ ...on, name: 'stuck', status: 'provisioning', updated_at: hourAgo });
  addBox({ ...on, name: 'coming', status: 'provisioning' });
  addBox({
    ...on,
    name: 'old-run',
    status: 'stopped',
    stopped_at: now,
    delete_after_stop_seconds: 1_209_600,
  });
  const agent = addBox({ ...on, name: 'agent', status: 'ready', idle_since: now, idle_ttl_seconds: 600 });
  addSnapshot({ name: 'untagged', tags: [], created_at: hourAgo });
  addSnapshot({ name: 'failing', status: 'failed', status_message: 'The registry refused the password.' });
  addSnapshot({
    name: 'making',
    status: 'building',
    status_message: 'pulling layer 3 of 7',
    created_at: now,
  });
  addSnapshot({ name: 'set-up', source_sandbox_id: agent.id, fs_used_bytes: 1.4e9, created_at: hourAgo });
}
