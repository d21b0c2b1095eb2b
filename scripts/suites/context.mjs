import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { ensureChromium } from '../setup/chromium.mjs';
import { ensureEditorHost } from '../setup/editor-host.mjs';
import { run } from '../setup/run.mjs';
import { startTestEnvironment } from '../setup/test-environment.mjs';
import { buildForUsers, packVsix } from '../setup/vsix.mjs';

/**
 * What suites need, made when first asked for and then shared; `stop` ends what was started.
 * @typedef {object} Context
 * @property {string} root the project's folder
 * @property {string} results folder for reports, logs and pictures
 * @property {string | undefined} grep run only tests whose title matches
 * @property {AbortSignal} signal
 * @property {() => Promise<void>} build both bundles, as users get them
 * @property {() => Promise<Record<string, string>>} environment an engine and registries: what test/harness/env.ts reads
 * @property {() => Promise<unknown>} editor the browser-hosted editor
 * @property {() => Promise<string>} browser path of a Chromium
 * @property {() => Promise<string>} vsix path of the package
 * @property {(name: string, command: string, args: string[], env: Record<string, string>) =>
 *   Promise<{ code: number, output: string, logFile: string }>} runLogged its output goes to results/<name>.log
 * @property {() => Promise<void>} stop
 */

/** @returns {Promise<Context>} */
export async function createContext(root, { grep, signal }) {
  const results = path.join(root, 'test-results');
  await mkdir(results, { recursive: true });
  const environment = once(() => startTestEnvironment({ signal }));
  const build = once(() => buildForUsers(root, { signal }));
  const vsixFile = path.join(os.tmpdir(), 'extension.vsix');
  return {
    root,
    results,
    grep,
    signal,
    build,
    environment: async () => (await environment()).env,
    editor: once(() => ensureEditorHost({ signal })),
    browser: once(() => ensureChromium({ signal })),
    vsix: once(async () => {
      await build();
      await packVsix(root, vsixFile, { signal });
      return vsixFile;
    }),
    runLogged: async (name, command, args, env) => {
      const logFile = path.join(results, `${name}.log`);
      const log = createWriteStream(logFile);
      const ended = await run(command, args, { cwd: root, env: { ...process.env, ...env }, log, signal });
      log.end();
      return { ...ended, logFile };
    },
    stop: async () => {
      if (environment.asked()) await (await environment().catch(() => undefined))?.stop();
    },
  };
}

/** @template T @param {() => Promise<T>} make @returns {(() => Promise<T>) & { asked(): boolean }} */
function once(make) {
  let made;
  return Object.assign(() => (made ??= make()), { asked: () => made !== undefined });
}
