/** Docker's grammar of a repository path, which the wire's "lowercase registry-style components" is taken to be. */
const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const namePattern = new RegExp(`^${component}(?:/${component})*$`);
const tagPattern = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

const longestSnapshotName = 255;
export const defaultTag = 'latest';
/** What a sandbox is created from when its request names no snapshot. */
export const defaultSnapshotName = 'system/default';

export const snapshotNameRule =
  `A snapshot name has lower-case letters and digits, with '.', '_' or '-' between them and '/' between its ` +
  `parts, at most ${longestSnapshotName} characters.`;
export const tagRule =
  "A tag has at most 128 letters, digits, '_', '.' or '-', and starts with a letter, a digit or '_'.";

export function isSnapshotName(text: string): boolean {
  return text.length <= longestSnapshotName && namePattern.test(text);
}

export function isTag(text: string): boolean {
  return tagPattern.test(text);
}

/** Names the platform publishes; nobody else makes them. */
export function isReservedName(name: string): boolean {
  return name.startsWith('system/');
}

/** `name` or `name:tag`; undefined when it is neither. A bare name has no tag here: callers know what it means to them. */
export function parseSnapshotName(text: string): { name: string; tag?: string } | undefined {
  const colon = text.indexOf(':');
  if (colon < 0) return isSnapshotName(text) ? { name: text } : undefined;
  const [name, tag] = [text.slice(0, colon), text.slice(colon + 1)];
  return isSnapshotName(name) && isTag(tag) ? { name, tag } : undefined;
}
