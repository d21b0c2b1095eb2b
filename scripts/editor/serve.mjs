// Starts the browser-hosted editor and prints one JSON line, {"url": "http://127.0.0.1:PORT", "logFile": "…"}, when it
// answers; runs until SIGTERM. The extension host gets this process's environment.
//   node scripts/editor/serve.mjs --profile DIR [--port N] [--install FILE.vsix]… [--settings JSON] [--workspace-trust]
import { once } from 'node:events';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ensureEditorHost } from '../setup/editor-host.mjs';
import { runMain } from '../setup/say.mjs';
import { installExtension, startEditor } from './host.mjs';

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      profile: { type: 'string' },
      port: { type: 'string' },
      install: { type: 'string', multiple: true, default: [] },
      settings: { type: 'string', default: '{}' },
      'workspace-trust': { type: 'boolean', default: false },
    },
  });
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stopping.abort());
  const { signal } = stopping;

  const host = await ensureEditorHost({ signal });
  const profile = {
    data: path.join(values.profile, 'data'),
    extensions: path.join(values.profile, 'extensions'),
  };
  for (const vsix of values.install) await installExtension(host, profile, vsix);
  const editor = await startEditor(host, profile, {
    port: values.port ? Number(values.port) : undefined,
    settings: JSON.parse(values.settings),
    workspaceTrust: values['workspace-trust'],
    signal,
  });
  console.log(JSON.stringify({ url: editor.url, logFile: editor.logFile }));
  if (!signal.aborted) await once(signal, 'abort');
  await editor.stop();
});
