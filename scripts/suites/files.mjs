import { readFile, readdir } from 'node:fs/promises';

/** @returns {Promise<any>} undefined when there is no such file */
export async function readJson(file) {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text);
}

/** @returns {Promise<string[]>} paths below `folder` that end so; none when it doesn't exist */
export async function filesEnding(folder, ending) {
  const all = await readdir(folder, { recursive: true }).catch(() => []);
  return all.filter((name) => name.endsWith(ending)).sort();
}
