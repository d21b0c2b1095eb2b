/**
 * Names of sandboxes and registries. The wire gives no grammar; this one is as liberal as paths and people allow.
 * A name never looks like an id, so that either can stand in a path, nor like a word of the API's own paths.
 */
const pattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/;
const idPattern = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const pathWords = new Set(['boxes', 'snapshots', 'snapshots-by-name', 'registries', 'usage', 'batch-delete']);

export const resourceNameRule =
  "A name has letters, digits, '.', '_' or '-', starts with a letter or digit, has at most 128 characters, " +
  'and is neither an id nor a word of the API such as "boxes".';

export function isResourceName(text: string): boolean {
  return pattern.test(text) && !isId(text) && !pathWords.has(text);
}

/** Whether it looks like an id of ours (a UUID). */
export function isId(text: string): boolean {
  return idPattern.test(text);
}
