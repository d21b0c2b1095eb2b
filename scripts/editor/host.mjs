import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { processMark } from '../setup/process-mark.mjs';
import { mustRun } from '../setup/run.mjs';
import { startService } from '../setup/service.mjs';
import { waitFor } from '../setup/wait.mjs';

/** An editor that does nothing of its own accord: no welcome, no updates, no network, dialogs in the page. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'remote.autoForwardPorts': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'window.dialogStyle': 'custom',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

/**
 * The folders of one editor. Kept, they bring back the same user; new ones make a new user.
 * @typedef {{ data: string, extensions: string }} Profile
 * @typedef {{ node: string, entry: string }} Host see ensureEditorHost
 */

/**
 * @param {Host} host
 * @param {Profile} profile
 * @param {string} vsix path; an older version of the same extension is replaced
 */
export async function installExtension(host, profile, vsix) {
  await mustRun(host.node, [...baseArguments(host, profile), '--install-extension', vsix, '--force'], {
    env: ownEnv(),
  });
}

/** @returns {Promise<string[]>} `publisher.name@version` of each installed extension */
export async function listExtensions(host, profile) {
  const args = [...baseArguments(host, profile), '--list-extensions', '--show-versions'];
  const { stdout } = await mustRun(host.node, args, { env: ownEnv() });
  return stdout.split('\n').filter((line) => line.includes('@'));
}

/**
 * Starts the editor's server and waits until it listens; port 0 is any free one. `stop` ends it and all that its
 * extensions started.
 * @param {Host} host
 * @param {Profile} profile
 * @param {{ port?: number, env?: NodeJS.ProcessEnv, settings?: object, workspaceTrust?: boolean, signal?: AbortSignal }}
 *   [options] `env` is added to what the extension host sees; `settings` count when the profile has none yet
 * @returns {Promise<{ url: string, logFile: string, ended: Promise<void>, stop(): Promise<void> }>}
 */
export async function startEditor(host, profile, options = {}) {
  const { port = 0, env = {}, settings = {}, workspaceTrust = false, signal } = options;
  await writeSettings(profile, { ...quietSettings, ...settings });
  const logFile = path.join(profile.data, 'server.log');
  const args = [
    ...baseArguments(host, profile),
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
    '--ignore-last-opened',
  ];
  args.push('--disable-telemetry', '--disable-update-check', '--disable-getting-started-override');
  // Without this the editor waits up to 10 s for the user's login shell to tell its environment.
  args.push('--vscode-option', 'force-disable-user-env');
  if (!workspaceTrust) args.push('--disable-workspace-trust');
  const mark = processMark('LANGSMITH_SANDBOXES_EDITOR');
  const service = startService(host.node, args, { env: { ...ownEnv(), ...env, ...mark.env }, logFile });
  const stop = async () => {
    await service.stop();
    // An extension's detached processes, as the local server, would outlive their editor.
    await mark.end(5000);
  };
  const listening = () => {
    if (service.exited) throw new Error(`The editor's server ended: ${service.log().slice(-3000)}`);
    return /HTTP server listening on (http:\/\/[\d.:]+)/.exec(service.log())?.[1];
  };
  try {
    const url = await waitFor(listening, {
      what: `the editor's server (see ${logFile})`,
      timeoutMs: 60_000,
      signal,
    });
    return { url, logFile, ended: service.ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function baseArguments(host, profile) {
  const folders = ['--user-data-dir', profile.data, '--extensions-dir', profile.extensions];
  return [host.entry, '--config', '/dev/null', ...folders];
}

async function writeSettings(profile, settings) {
  const file = path.join(profile.data, 'User/settings.json');
  if (existsSync(file)) return;
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(settings, null, 2));
}

/** This process's environment without what an editor or npm around it would tell the editor within. */
function ownEnv() {
  const foreign = /^(VSCODE|ELECTRON|npm)_(?!TEST)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)));
}
