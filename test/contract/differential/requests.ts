import type { Recorded } from './recorder';

const commandId = /(?<="command_id":")[0-9a-f-]{36}(?=")/g;
const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * What was asked, each as `METHOD /path?query {body} status`, and what was sent over the first, second, … WebSocket, each
 * as `SEND 1 {body}`. Ids and names are masked, and fields in the order of their names. The same look time and again is
 * one: waiting takes what it takes.
 */
export function requestLines(recorded: readonly Recorded[], unique: string): string[] {
  const sockets = numbers(recorded.map(({ socket }) => socket).filter((socket) => socket !== undefined));
  const commands = numbers(recorded.flatMap(({ body }) => body.match(commandId) ?? []));
  const lines = recorded
    .map((request) => lineOf(request, sockets))
    .map((line) => line.replaceAll(commandId, (command) => `{command ${commands.get(command)}}`))
    .map((line) => masked(line, unique));
  return lines.filter((line, index) => !isWaiting(line) || line !== lines[index - 1]);
}

/** In the order in which they were first met, from 1. */
function numbers<T>(all: T[]): Map<T, number> {
  return new Map([...new Set(all)].map((each, index) => [each, index + 1]));
}

export function masked(text: string, unique: string): string {
  return text.replaceAll(unique, '{unique}').replaceAll(id, '{id}');
}

function lineOf({ method, path, body, status, socket }: Recorded, sockets: Map<number, number>): string {
  const sent = body.startsWith('{') ? JSON.stringify(inOrder(JSON.parse(body))) : body;
  if (socket !== undefined) return `${method} ${sockets.get(socket)} ${sent}`;
  const { pathname, searchParams } = new URL(path, 'http://wire');
  searchParams.sort();
  const query = searchParams.size > 0 ? `?${decodeURIComponent(searchParams.toString())}` : '';
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
