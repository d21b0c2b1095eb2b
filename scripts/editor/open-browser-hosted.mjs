import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ensureEditorHost } from '../setup/editor-host.mjs';
import { say } from '../setup/say.mjs';
import { buildForUsers, packVsix } from '../setup/vsix.mjs';
import { installExtension, startEditor } from './host.mjs';

/**
 * Starts the browser-hosted editor with the extension installed; a person opens its URL.
 * @param {string} root
 * @param {string} home folder that keeps the editor's user from one start to the next
 * @param {{ env: NodeJS.ProcessEnv, signal: AbortSignal }} options `env` is added to the extension host's
 * @returns {Promise<{ url: string, ended: Promise<void>, stop(): Promise<void> }>}
 */
export async function openBrowserHosted(root, home, { env, signal }) {
  const host = await ensureEditorHost({ signal });
  const profile = { data: path.join(home, 'data'), extensions: path.join(home, 'extensions') };
  const vsix = path.join(home, 'extension.vsix');
  say('packing and installing the extension');
  await buildForUsers(root, { signal });
  await packVsix(root, vsix, { signal });
  await installExtension(host, profile, vsix);
  const editor = await startOnUsualPort(host, profile, path.join(home, 'port'), {
    env,
    signal,
    workspaceTrust: true,
  });
  return { ...editor, url: `${editor.url}/?ew=true` };
}

/** The browser keeps a user's secrets by address, so the same port is taken each time while it is free. */
async function startOnUsualPort(host, profile, portFile, options) {
  const port = Number(await readFile(portFile, 'utf8').catch(() => '0'));
  const editor = await startEditor(host, profile, { ...options, port }).catch((error) => {
    if (!error.message.includes('EADDRINUSE')) throw error;
    say(`port ${port} is taken: secrets stored there are not seen this time`);
    return startEditor(host, profile, options);
  });
  if (port === 0) await writeFile(portFile, new URL(editor.url).port);
  return editor;
}
