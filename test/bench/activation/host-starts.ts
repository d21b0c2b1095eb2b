import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openBrowser } from '../../../scripts/editor/browser.mjs';
import { installExtension, startEditor } from '../../../scripts/editor/host.mjs';
import { ensureChromium } from '../../../scripts/setup/chromium.mjs';
import { ensureEditorHost } from '../../../scripts/setup/editor-host.mjs';
import { until } from '../../harness/until';
import { startsIn, type Start } from './figures';
import { probeId } from './subjects';

/**
 * Starts the extension host of one editor `count` times, as each opening of its window does, with the packages
 * installed. One of them writes down how `subjects` were activated: see probe.ts.
 */
export async function hostStarts(
  folder: string,
  packages: string[],
  subjects: string[],
  count: number,
): Promise<Start[]> {
  const host = await ensureEditorHost();
  const profile = { data: path.join(folder, 'data'), extensions: path.join(folder, 'extensions') };
  for (const each of packages) await installExtension(host, profile, each);
  await leaveToProbe(profile.extensions);
  const file = path.join(folder, 'figures');
  const env = { ACTIVATION_FIGURES: file, ACTIVATION_SUBJECTS: subjects.join(' ') };
  const editor = await startEditor(host, profile, { env });
  const browser = await openBrowser(await ensureChromium(), '');
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    for (let start = 1; start <= count; start++) {
      await page.goto(`${editor.url}/?ew=true`);
      await until(`start ${start}`, () => startsIn(file)[start - 1], 120_000);
    }
  } finally {
    await browser.close();
    await editor.stop();
  }
  return startsIn(file);
}

/** Nothing but the probe is activated by the editor itself. */
async function leaveToProbe(extensions: string): Promise<void> {
  for (const entry of await readdir(extensions)) {
    const file = path.join(extensions, entry, 'package.json');
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (!text || entry.startsWith(probeId)) continue;
    await writeFile(file, JSON.stringify({ ...(JSON.parse(text) as object), activationEvents: [] }));
  }
}
