/**
 * The API's grammar for names. Snapshots: lowercase components separated by `/`, at most 255 characters, `system/`
 * read-only. Sandboxes: the API gives no grammar; host-name characters are what every server takes, but for what could
 * be meant otherwise in a path.
 */
export type NameProblem = 'empty' | 'too-long' | 'uppercase' | 'characters' | 'system' | 'reserved';

export const longestSnapshotName = 255;
export const longestSandboxName = 63;
export const longestDescription = 1024;
export const longestTag = 128;

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const snapshotName = new RegExp(`^${component}(?:/${component})*$`);
/** Words that the API's paths have where a sandbox's name can stand. */
const pathWords = new Set(['boxes', 'snapshots', 'snapshots-by-name', 'registries', 'usage', 'batch-delete']);
const sandboxName = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

export function checkSnapshotName(text: string): NameProblem | undefined {
  if (text.startsWith('system/')) return 'system';
  return check(text, snapshotName, longestSnapshotName);
}

export function checkSandboxName(text: string): NameProblem | undefined {
  if (isId(text) || pathWords.has(text)) return 'reserved';
  return check(text, sandboxName, longestSandboxName);
}

function check(text: string, grammar: RegExp, longest: number): NameProblem | undefined {
  if (text === '') return 'empty';
  if (text.length > longest) return 'too-long';
  if (grammar.test(text)) return undefined;
  return grammar.test(text.toLowerCase()) ? 'uppercase' : 'characters';
}

/** The API gives no grammar for tags; Docker's is what every server takes. */
export function isTag(text: string): boolean {
  return text.length <= longestTag && /^\w[\w.-]*$/.test(text);
}

/** Whether the text is a whole id (a UUID). */
export function isId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** A name for a snapshot of this sandbox. */
export function captureName(sandbox: string): string {
  const clean = sandbox
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${clean || 'sandbox'}-snapshot`;
}
