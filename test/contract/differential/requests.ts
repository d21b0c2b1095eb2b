import type { Recorded } from './recorder';

const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * What was asked, each as `METHOD /path?query {body} status`, with ids and names masked and with fields in the order of
 * their names. The same look time and again is one: waiting takes what it takes.
 */
export function requestLines(recorded: readonly Recorded[], unique: string): string[] {
  const lines = recorded.map((request) => masked(lineOf(request), unique));
  return lines.filter((line, index) => !isWaiting(line) || line !== lines[index - 1]);
}

export function masked(text: string, unique: string): string {
  return text.replaceAll(unique, '{unique}').replaceAll(id, '{id}');
}

function lineOf({ method, path, body, status }: Recorded): string {
  const { pathname, searchParams } = new URL(path, 'http://wire');
  searchParams.sort();
  const query = searchParams.size > 0 ? `?${decodeURIComponent(searchParams.toString())}` : '';
  const sent = body.startsWith('{') ? JSON.stringify(inOrder(JSON.parse(body))) : body;
  return [method, decodeURIComponent(pathname) + query, sent, status].filter((part) => part !== '').join(' ');
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, inOrder(each)]));
}

function isWaiting(line: string): boolean {
  return /^GET \/(?:boxes\/[^/]+\/status|snapshots\/[^/?]+) 200$/.test(line);
}
