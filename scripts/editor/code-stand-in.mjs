#!/usr/bin/env node
// Stands where @vscode/test-electron expects the desktop `code` program: takes the arguments that it passes and runs
// the test module in the browser-hosted editor's real extension host. Ends with the exit code of the tests.
import { appendFileSync, existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureChromium } from '../setup/chromium.mjs';
import { editorVersion, ensureEditorHost } from '../setup/editor-host.mjs';
import { runMain } from '../setup/say.mjs';
import { openBrowser } from './browser.mjs';
import { startEditor } from './host.mjs';

/** In which no test says anything: each has a shorter limit of its own. */
const silentMinutes = 5;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    version: { type: 'boolean' },
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
  },
});

if (values.version) console.log(editorVersion);
else await runMain(runTests);

async function runTests() {
  const scratch = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-code-'));
  const profile = {
    data: values['user-data-dir'] ?? path.join(scratch, 'data'),
    extensions: values['extensions-dir'] ?? path.join(scratch, 'extensions'),
  };
  const editor = await startEditor(await ensureEditorHost(), profile);
  const browser = await openBrowser(await ensureChromium(), '');
  try {
    return await testsIn(browser, editor);
  } finally {
    await browser.close();
    await editor.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The workbench runs a test module itself when its configuration says so, and reports through these functions. */
async function testsIn(browser, editor) {
  const page = browser.pages()[0] ?? (await browser.newPage());
  const finished = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
  const silence = giveUpAfterSilence(page, editor);
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    silence.heard();
    console.log(...args);
  });
  await page.addInitScript(addDevelopmentOptions, developmentOptions(new URL(editor.url).host));
  const folder = path.resolve(positionals[0] ?? values.extensionDevelopmentPath);
  await page.goto(`${editor.url}/?folder=${encodeURIComponent(folder)}`);
  return Promise.race([finished, silence.givenUp]);
}

function developmentOptions(authority) {
  const remote = (file) => ({ scheme: 'vscode-remote', authority, path: file });
  return {
    extensions: [remote(path.resolve(values.extensionDevelopmentPath))],
    extensionTestsPath: remote(moduleFile(path.resolve(values.extensionTestsPath))),
  };
}

/** Runs in the page. The document itself must come from the server: a page that was answered for opens no sockets. */
function addDevelopmentOptions(options) {
  const original = Element.prototype.getAttribute;
  Element.prototype.getAttribute = function getAttribute(name) {
    const value = original.call(this, name);
    if (name !== 'data-settings' || this.id !== 'vscode-workbench-web-configuration') return value;
    const configuration = JSON.parse(value);
    configuration.developmentOptions = { ...configuration.developmentOptions, ...options };
    return JSON.stringify(configuration);
  };
}

/** A suite of any length ends by itself, one that hangs is ended. `heard` is to be called for each word of it. */
function giveUpAfterSilence(page, editor) {
  let timer;
  const silent = new Promise((resolve) => (timer = setTimeout(resolve, silentMinutes * 60_000).unref()));
  const givenUp = silent.then(async () => {
    const picture = path.resolve('test-results/integration-timeout.png');
    await page.screenshot({ path: picture });
    appendFileSync(editor.logFile, `no word of the tests for ${silentMinutes} minutes\n`);
    console.error(
      `The tests said nothing for ${silentMinutes} minutes. Last sight of the editor: ${picture}`,
    );
    return 124;
  });
  return { givenUp, heard: () => timer.refresh() };
}

function moduleFile(file) {
  if (existsSync(file) && statSync(file).isFile()) return file;
  return existsSync(`${file}.js`) ? `${file}.js` : path.join(file, 'index.js');
}
