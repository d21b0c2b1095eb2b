import { randomBytes } from 'node:crypto';
import { SandboxClient } from 'langsmith/sandbox';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Secret } from '../../../src/api/secret';
import { Transport } from '../../../src/api/transport';
import { endLocalServer } from '../../harness/end-local-server';
import { startLocalServer, type LocalServer } from '../../harness/local-server';
import { commands } from './commands';
import { controlPlane } from './control-plane';
import { dataplane } from './dataplane';
import { ending } from './ending';
import type { Operation, Ours, Theirs } from './operation';
import { startRecorder, type Recorder } from './recorder';
import { masked, requestLines } from './requests';

// One script through the official SDK and through our client: the same comes out, by the same requests.

let server: LocalServer;
let recorder: Recorder;
const theirs = { unique: randomBytes(4).toString('hex') } as Theirs;
const ours = { unique: randomBytes(4).toString('hex') } as Ours;

beforeAll(async () => {
  server = await startLocalServer();
  recorder = await startRecorder(server.endpoint);
  vi.stubEnv('LANGSMITH_ENDPOINT', recorder.endpoint);
  vi.stubEnv('LANGSMITH_API_KEY', server.apiKey);
  theirs.breakSockets = ours.breakSockets = () => recorder.breakSockets();
  theirs.client = new SandboxClient();
  ours.transport = new Transport({ endpoint: recorder.endpoint, apiKey: new Secret(server.apiKey) });
});
afterAll(async () => {
  await ours.transport.close();
  await recorder.close();
  await endLocalServer(server);
  vi.unstubAllEnvs();
});

const operations = [...controlPlane, ...dataplane, ...commands, ...ending];

it.each(operations.map((operation) => [operation.what, operation] as const))('%s', async (_, operation) => {
  const official = await sideOf(() => operation.theirs(theirs), theirs.unique);
  const own = await sideOf(() => operation.ours(ours), ours.unique);
  expect(own.result).toEqual(official.result);
  expect(own.requests).not.toEqual([]);
  const { theirs: more, ours: less } = allowed(operation);
  expect(difference(official.requests, own.requests)).toEqual({ theirs: more, ours: less });
  expect(without(own.requests, less)).toEqual(without(official.requests, more)); // in the same order
});

async function sideOf(
  work: () => Promise<unknown>,
  unique: string,
): Promise<{ result: unknown; requests: string[] }> {
  recorder.recorded.length = 0;
  const result = JSON.parse(masked(JSON.stringify(await work()), unique)) as unknown;
  return { result, requests: requestLines(recorder.recorded, unique) };
}

/** What each side sent that the other did not, in order; one request is matched by one. */
function difference(
  official: string[],
  own: string[],
): Pick<NonNullable<Operation['better']>, 'theirs' | 'ours'> {
  return { theirs: without(official, own), ours: without(own, official) };
}

function without(requests: string[], others: string[]): string[] {
  const left = [...others];
  return requests.filter((request) => {
    const at = left.indexOf(request);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}

function allowed({ better }: Operation): ReturnType<typeof difference> {
  return { theirs: better?.theirs ?? [], ours: better?.ours ?? [] };
}
