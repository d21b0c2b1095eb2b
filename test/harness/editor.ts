import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { openBrowser } from '../../scripts/editor/browser.mjs';
import { storedState } from './browser-storage';
import { startChild } from './child';
import { testBrowser, testEnvironment, testVsix } from './env';
import { speak } from './language';
import { until } from './until';
import { workbench, type Workbench } from './workbench/workbench';

export interface EditorOptions {
  /** Extensions to install; the packaged one unless given. */
  vsix?: string[];
  settings?: Record<string, unknown>;
  /** Added to the extension host's environment, in which `DOCKER_HOST` is the test engine. */
  env?: Record<string, string>;
  /** Folder to open; an empty window unless given. */
  folder?: string;
  /** Ask whether the folder's authors are trusted; off unless given. */
  workspaceTrust?: boolean;
  /** Its display language; English unless given. */
  language?: string;
}

/** A browser-hosted editor with its own user, seen in its own browser. */
export interface Editor {
  workbench: Workbench;
  /** The user's data: logs, settings, the extensions' storage. */
  dataFolder: string;
  /** What the window wrote to its console. */
  consoleLines: string[];
  /** Waits until this holds of all that the browser has written: it writes what extensions remember a moment late. */
  stored(holds: (state: string) => boolean): Promise<void>;
  /** As a person's F5: the same window anew. What is not written by then is lost: see `stored`. */
  reload(): Promise<void>;
  /** One more window of the same user; it is closed with the browser unless before. */
  openWindow(): Promise<Workbench>;
  /** Ends the editor and its browser and starts both again, for the same user. */
  restart(): Promise<Editor>;
  /** Ends both and deletes the user. */
  close(): Promise<void>;
}

/** A second window on a busy machine takes its time. */
const openTimeoutMs = 120_000;

const serve = path.resolve(__dirname, '../../scripts/editor/serve.mjs');

const usualSettings = {
  // What is drawn on a canvas, no test can read.
  'terminal.integrated.gpuAcceleration': 'off',
  // As on the desktop. Hosted in a browser, the editor saves by itself.
  'files.autoSave': 'off',
};

/** Starts an editor with the extension installed and opens its window. */
export async function openEditor(options: EditorOptions = {}): Promise<Editor> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'langsmith-sandboxes-editor-'));
  if (options.language) await speak(path.join(home, 'data'), options.language);
  return openOver(home, options, options.vsix ?? [testVsix()], 0);
}

/** `port` 0 is any. A restart keeps the port: the browser keeps the user's secrets by address. */
async function openOver(home: string, options: EditorOptions, vsix: string[], port: number): Promise<Editor> {
  const args = [
    serve,
    '--profile',
    home,
    '--port',
    String(port),
    ...vsix.flatMap((file) => ['--install', file]),
  ];
  args.push('--settings', JSON.stringify({ ...usualSettings, ...options.settings }));
  if (options.workspaceTrust) args.push('--workspace-trust');
  const server = await startChild(args, {
    env: { ...process.env, DOCKER_HOST: testEnvironment().engine, ...options.env },
    readyWithinMs: 120_000,
  });
  const { url } = JSON.parse(server.readyLine) as { url: string };
  const browser = await openBrowser(testBrowser(), path.join(home, 'browser'));
  const page = browser.pages()[0] ?? (await browser.newPage());
  const consoleLines: string[] = [];
  page.on('console', (message) => consoleLines.push(message.text()));
  page.setDefaultTimeout(60_000);

  const bench = workbench(page);
  const ready = (window = page) =>
    window.locator('.monaco-workbench .part.activitybar').waitFor({ timeout: openTimeoutMs });
  const place = options.folder ? `folder=${encodeURIComponent(options.folder)}` : 'ew=true';
  const end = async () => {
    await browser.close();
    server.kill('SIGTERM');
    await server.ended;
  };
  await page.goto(`${url}/?${place}`);
  await ready();

  return {
    workbench: bench,
    dataFolder: path.join(home, 'data'),
    consoleLines,
    stored: async (holds) => {
      await until('the browser to store the state', async () => holds(await storedState(page)) || undefined);
    },
    reload: async () => {
      await page.reload();
      await ready();
    },
    openWindow: async () => {
      const other = await browser.newPage();
      other.setDefaultTimeout(60_000);
      await other.goto(`${url}/?${place}`, { timeout: openTimeoutMs });
      await ready(other);
      return workbench(other);
    },
    restart: async () => {
      await end();
      return openOver(home, options, [], Number(new URL(url).port));
    },
    close: async () => {
      await end();
      await rm(home, { recursive: true, force: true });
    },
  };
}
