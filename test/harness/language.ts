import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes the editor speak a language, as “Configure Display Language” does once a pack for it is installed. This one
 * holds none of the editor's own texts: those stay English, extensions bring theirs. `data` is the user's folder.
 */
export async function speak(data: string, language: string): Promise<void> {
  const user = path.join(data, 'User');
  const texts = path.join(data, `${language}.json`);
  const extension = { extensionIdentifier: { id: `test.language-pack-${language}` }, version: '0.0.1' };
  const pack = { hash: language, label: language, extensions: [extension], translations: { vscode: texts } };
  await mkdir(user, { recursive: true });
  await writeFile(texts, JSON.stringify({ version: '1.0.0', contents: {} }));
  await writeFile(path.join(data, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
  await writeFile(path.join(user, 'argv.json'), JSON.stringify({ locale: language }));
}
