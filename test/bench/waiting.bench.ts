import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SandboxClient } from 'langsmith/sandbox';
import { afterAll, beforeAll, it } from 'vitest';
import { Transport } from '../../src/api/transport';
import { waitForSnapshot } from '../../src/api/wait';
import { line, settle, timed } from './contest';

/** How long the scripted snapshot takes to become ready. */
const readyAfterMs = 300;
const server = createServer((request, response) => {
  const startedAt = Number(request.url?.split('/').at(-1));
  const status = Date.now() - startedAt < readyAfterMs ? 'building' : 'ready';
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ id: 's', name: 's', status, fs_capacity_bytes: 1 }));
});
let endpoint: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

it('noticing that a snapshot is ready', { timeout: 600_000 }, async () => {
  const transport = new Transport({ endpoint });
  const official = new SandboxClient({ apiEndpoint: `${endpoint}/v2/sandboxes`, apiKey: 'none' });
  const startedNow = (): string => String(Date.now());
  const outcome = await settle({
    name: 'notice ready after 300 ms',
    against: 'the official SDK’s wait',
    pairs: 20,
    ours: () => timed(() => waitForSnapshot(transport, startedNow(), { timeoutMs: 60_000 })),
    theirs: () => timed(() => official.waitForSnapshot(startedNow())),
  });
  console.log(`\n${line(outcome)}\n`);
  await transport.close();
});
