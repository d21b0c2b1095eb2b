import { expect } from '@playwright/test';
import { settings } from '../../src/contributions';
import { openEditor, type Editor } from '../harness/editor';
import type { View } from '../harness/workbench/view';
import type { Workbench } from '../harness/workbench/workbench';
import { startScriptedApi, type ScriptedApi } from '../unit/app/scripted-api';
import { test } from './editor-test';
import { command, connectLangSmith } from './flows';

test.describe.configure({ mode: 'serial' });

const [count, pageSize] = [1_000, 400];
/** Many times what is in sight. */
const mostInPage = 100;
const name = (index: number): string => `long-${String(index).padStart(4, '0')}`;
let api: ScriptedApi;
let editor: Editor;
let workbench: Workbench;
let snapshots: View;

test.beforeAll(async () => {
  api = await startScriptedApi();
  for (let index = 0; index < count; index++) api.addSnapshot({ name: name(index) });
  editor = await openEditor({ settings: { [settings.pageSize]: pageSize } });
  ({ workbench } = editor);
  await connectLangSmith(workbench, api);
  snapshots = workbench.view('Snapshots');
});

test.afterAll(async () => {
  await editor.close();
  await api.close();
});

test('a row that changes moves nothing in a list of a thousand, wherever that is scrolled to', async () => {
  for (const shown of [pageSize, 2 * pageSize]) {
    await expect(snapshots.rows.first()).toHaveAttribute('aria-setsize', String(shown + 1));
    await snapshots.scroll('end');
    await snapshots.row('Load more…').select();
  }
  await expect(snapshots.rows.first()).toHaveAttribute('aria-setsize', String(count));
  const [chosen] = await snapshots.labelsInSight().then((labels) => labels.slice(labels.length / 3));
  await snapshots.row(chosen!).select();
  const inPage = [await changeInSight()];
  await expect(snapshots.row(chosen!).element).toHaveAttribute('aria-selected', 'true');
  await snapshots.scroll('end');
  inPage.push(await changeInSight());
  await workbench.screenshot('42-long-list');
  await snapshots.scroll('start');
  inPage.push(await changeInSight());
  const back = await snapshots.scrollTo(chosen!);
  await expect(back.element).toHaveAttribute('aria-selected', 'true');
  console.log(`long list: ${JSON.stringify({ rows: count, inPage })}`);
  for (const rows of inPage) expect(rows).toBeLessThan(mostInPage);
});

/** Somebody else changes a row in sight; all that is in sight stays where it is. Gives how many rows the page holds. */
async function changeInSight(): Promise<number> {
  const before = await snapshots.labelsInSight();
  const label = before[Math.floor(before.length / 2)]!;
  const changed = api.snapshots.find((snapshot) => snapshot.name === label)!;
  Object.assign(changed, { status: 'failed', status_message: 'Changed.' });
  await workbench.run(command('Refresh'));
  await expect(snapshots.row(label).description).toHaveText('failed: Changed.');
  expect(await snapshots.labelsInSight()).toEqual(before);
  return before.length;
}
