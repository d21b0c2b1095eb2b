import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Box, Registry, Snapshot } from '../../../src/api/types';

/** What a test makes the server answer instead of what it would; `hang` never answers, `break` cuts the connection. */
export type Override = Answer | 'hang' | 'break';

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** In place of `body`, as it is. */
  raw?: string;
}

/** A real HTTP server on loopback that keeps sandboxes, snapshots and registries as the sandbox API does, in memory. */
export interface ScriptedApi {
  readonly endpoint: string;
  /** The one that is taken. */
  apiKey: string;
  readonly snapshots: Snapshot[];
  readonly boxes: Box[];
  readonly registries: (Registry & { password?: string })[];
  /** `METHOD /path?query` below the control plane's prefix, in order. */
  readonly seen: string[];
  /** The workspace each request named. */
  readonly workspaces: (string | undefined)[];
  /** Bodies of POSTs, in order. */
  readonly bodies: unknown[];
  override: ((request: string) => Override | undefined) | undefined;
  /** What becomes of a snapshot that is built or captured. */
  built: { status: 'building' | 'ready' | 'failed'; status_message?: string };
  addSnapshot(facts?: Partial<Snapshot>): Snapshot;
  addBox(facts?: Partial<Box>): Box;
  close(): Promise<void>;
}

const prefix = '/api/v2/sandboxes';

export async function startScriptedApi(apiKey = `key-${randomUUID()}`): Promise<ScriptedApi> {
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const method = request.method ?? '';
      const url = new URL(request.url ?? '', 'http://localhost');
      const line = `${method} ${url.pathname.replace(prefix, '')}${url.search}`;
      const sent = (body === '' ? undefined : JSON.parse(body)) as Record<string, string> | undefined;
      api.seen.push(line);
      api.workspaces.push(request.headers['x-tenant-id'] as string | undefined);
      if (sent) api.bodies.push(sent);
      const isKnown = request.headers['x-api-key'] === api.apiKey;
      const answer =
        api.override?.(line) ??
        (isKnown ? answerTo(api, method, url, sent ?? {}) : refusal(403, 'The API key is wrong.'));
      if (answer === 'hang') return;
      if (answer === 'break') response.socket?.destroy();
      else {
        response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
        response.end(answer.raw ?? (answer.body === undefined ? undefined : JSON.stringify(answer.body)));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const api: ScriptedApi = {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey,
    snapshots: [],
    boxes: [],
    registries: [],
    seen: [],
    workspaces: [],
    bodies: [],
    override: undefined,
    built: { status: 'ready' },
    addSnapshot: (facts) => added(api.snapshots, { ...newSnapshot(), ...facts }),
    addBox: (facts) => added(api.boxes, { ...newBox(), ...facts }),
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return api;
}

function answerTo(api: ScriptedApi, method: string, url: URL, sent: Record<string, string>): Answer {
  const [kind, name, act] = url.pathname
    .replace(prefix, '')
    .split('/')
    .filter(Boolean)
    .map(decodeURIComponent);
  const resources = kind === 'snapshots' ? api.snapshots : kind === 'boxes' ? api.boxes : api.registries;
  if (name === undefined) {
    return method === 'GET' ? list(resources, url.searchParams) : create(api, kind, sent);
  }
  const found = resources.find((each) => each.id === name || each.name === name);
  if (!found) return refusal(404, `There is no ${name} here.`);
  if (method === 'DELETE') {
    resources.splice(resources.indexOf(found as never), 1);
    return { status: 204 };
  }
  if (method === 'PATCH') Object.assign(found, sent);
  return act === undefined ? { status: 200, body: found } : answerForBox(api, found as Box, act, sent);
}

function answerForBox(api: ScriptedApi, box: Box, act: string, sent: Record<string, string>): Answer {
  switch (act) {
    case 'start':
      box.status = 'ready';
      return { status: 202, body: { ...box, status: 'provisioning' } };
    case 'stop':
      box.status = 'stopped';
      return { status: 204 };
    case 'snapshot':
      return { status: 201, body: make(api, { name: sent.name, source_sandbox_id: box.id }) };
    case 'status':
      return { status: 200, body: { status: box.status, status_message: box.status_message } };
    default:
      return refusal(404, `There is no ${act} here.`);
  }
}

function create(api: ScriptedApi, kind: string | undefined, sent: Record<string, string>): Answer {
  if (kind === 'boxes') {
    const box = api.addBox({ ...sent, status: 'ready' });
    return { status: 201, body: { ...box, status: 'provisioning' } };
  }
  if (kind === 'registries') {
    if (api.registries.some(({ name }) => name === sent.name)) return refusal(409, 'The name is taken.');
    const registry = {
      id: randomUUID(),
      name: sent.name ?? '',
      url: sent.url ?? '',
      password: sent.password,
    };
    return { status: 201, body: added(api.registries, registry) };
  }
  return { status: 201, body: make(api, sent) };
}

/** The reply to a build or a capture says `building`; the next look sees what became of it. */
function make(api: ScriptedApi, facts: Partial<Snapshot>): Snapshot {
  const snapshot = api.addSnapshot({ ...facts, ...api.built });
  return { ...snapshot, status: 'building', status_message: 'pulling layer 1 of 3' };
}

function list(all: readonly { name: string; status?: string }[], query: URLSearchParams): Answer {
  const part = query.get('name_contains')?.toLowerCase() ?? '';
  const status = query.get('status');
  const matching = all.filter(
    (each) => each.name.toLowerCase().includes(part) && (status === null || each.status === status),
  );
  const offset = Number(query.get('cursor') ?? query.get('offset') ?? 0);
  const end = offset + Number(query.get('page_size') ?? query.get('limit') ?? 50);
  const hasMore = end < matching.length;
  const items = matching.slice(offset, end);
  return { status: 200, body: { items, next_cursor: hasMore ? `${end}` : null, offset: hasMore ? end : 0 } };
}

function newSnapshot(): Snapshot {
  const id = randomUUID();
  return {
    id,
    name: `snapshot-${id.slice(0, 4)}`,
    status: 'ready',
    tags: ['latest'],
    fs_capacity_bytes: 8 * 1024 ** 3,
  };
}

function newBox(): Box {
  const id = randomUUID();
  return { id, name: `box-${id.slice(0, 4)}`, status: 'ready' };
}

function added<T>(all: T[], item: T): T {
  all.unshift(item);
  return item;
}

function refusal(status: number, message: string): Answer {
  return { status, body: { detail: { error: 'Refused', message } } };
}
