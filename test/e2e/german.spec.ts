import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { openEditor, type Editor } from '../harness/editor';
import { startScriptedApi, type ScriptedApi } from '../unit/app/scripted-api';
import { command, container } from './flows';

test.describe.configure({ mode: 'serial' });
test.setTimeout(300_000);

let api: ScriptedApi;
let editor: Editor;

test.beforeAll(async () => {
  api = await startScriptedApi();
  api.addBox({ name: 'agent' });
  editor = await openEditor({ language: 'de' });
});
test.afterAll(async () => {
  await editor.close();
  await api.close();
});

/** Of the manifest, in German. */
const texts = JSON.parse(
  readFileSync(path.resolve(__dirname, '../../package.nls.de.json'), 'utf8'),
) as Record<string, string>;

test('in a German editor the views and the palette are German', async () => {
  const { workbench } = editor;
  await workbench.openContainer(container);
  await expect(workbench.view('Sandboxes').welcome).toContainText(
    'Hier stehen Ihre Sandboxes und Snapshots.',
  );
  await expect(workbench.view('Snapshots').welcome).toContainText('sobald Sie verbunden sind');
  const titles = Object.entries(texts).flatMap(([key, text]) => (key.startsWith('command.') ? [text] : []));
  const prefix = command('');
  const offered = (await workbench.commandsLike(prefix)).filter((label) => label.startsWith(prefix));
  // The editor's own, which stay English, stand beside them.
  const own = offered
    .map((label) => label.slice(prefix.length))
    .filter((title) => !/^Focus on .* View$/.test(title));
  expect(own.length).toBeGreaterThan(5);
  expect(own.filter((title) => !titles.includes(title))).toEqual([]);
  await workbench.screenshot('100-german-welcome');
});

test('what is asked, and what rows and refusals say, is German', async () => {
  const { workbench } = editor;
  const { quickInput } = workbench;
  await workbench.run(command('Verbinden…'));
  await expect(quickInput.option('LangSmith')).toContainText('Mit API-Schlüssel.');
  await workbench.screenshot('101-german-question');
  await quickInput.pick('LangSmith');
  await quickInput.pick('Selbst betrieben…');
  await quickInput.answer('Wo die API von LangSmith ist', api.endpoint);
  await quickInput.answer('ID des Workspace', '');
  await quickInput.answer('API-Schlüssel für', api.apiKey);
  await quickInput.accept('Wie diese Verbindung hier heißt');
  await quickInput.hidden();
  await expect(workbench.view('Sandboxes').row('agent').description).toContainText('bereit');
  await expect(workbench.statusBar).toContainText('1 aktiv');
  await workbench.screenshot('102-german-rows');

  api.override = () => ({ status: 403, body: { detail: 'The key has been revoked.' } });
  await workbench.run(command('Aktualisieren'));
  await workbench.notifications.find('Der Server hat den API-Schlüssel von');
  await workbench.screenshot('103-german-refusal');
});
