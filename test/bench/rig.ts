import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, it } from 'vitest';
import { createBox } from '../../src/api/boxes';
import { execute } from '../../src/api/commands';
import { Secret } from '../../src/api/secret';
import { createSnapshot } from '../../src/api/snapshots';
import { Transport } from '../../src/api/transport';
import type { Box } from '../../src/api/types';
import { waitForSnapshot } from '../../src/api/wait';
import { endLocalServer } from '../harness/end-local-server';
import { testEnvironment } from '../harness/env';
import { until } from '../harness/until';
import { startLocalServer, type LocalServer } from '../harness/local-server';
import { line, settle, type Contest } from './contest';
import { docker } from './docker';

/** Of each contest. */
export const pairs = 20;

/** A server with a sandbox, and a container of the same image that the user would have instead. */
export interface Rig {
  transport: Transport;
  image: string;
  box: Box;
  container: string;
  create(name: string): Promise<Box>;
  /** Resolves when the next sandbox and the next command in `box` find a spare, where the server makes any. */
  spared(): Promise<void>;
}

/** To be called where contests are defined. Prints what came of them in the end. */
export function rig({ spares = true } = {}): Rig & { contest: (wanted: Contest) => void } {
  const unique = randomBytes(4).toString('hex');
  const snapshot = `bench-${unique}`;
  const lines: string[] = [];
  const image = `${testEnvironment().registryOpen}/sandbox-base:1`;
  const made = { image } as Rig;
  let server: LocalServer;

  made.create = (name) =>
    createBox(made.transport, { name, snapshot_name: snapshot, wait_for_ready: true, timeout: 60 });
  const container = (): string => `langsmith-sandbox-${made.box.id}`;
  made.spared = async () => {
    if (!spares) return;
    const label = 'langsmith-sandboxes.instance';
    const instance = await docker('inspect', '-f', `{{index .Config.Labels "${label}"}}`, container());
    await until('spares', async () => {
      const containers = await docker('ps', '-q', '-f', `label=${label}=${instance}`);
      const processes = await docker('top', container());
      return (containers.includes('\n') && processes.includes('/bin/sh')) || undefined;
    });
  };
  beforeAll(async () => {
    server = await startLocalServer({ spares });
    made.transport = new Transport({ endpoint: server.endpoint, apiKey: new Secret(server.apiKey) });
    await docker('pull', '-q', image);
    const request = { name: snapshot, docker_image: image, fs_capacity_bytes: 1024 ** 3 };
    const { id } = await createSnapshot(made.transport, request);
    await waitForSnapshot(made.transport, id, { timeoutMs: 60_000 });
    made.box = await made.create(snapshot);
    await execute(made.transport, made.box, { command: 'true' }); // from then on one is kept ready
    made.container = await docker('run', '-d', '--init', '-p', '127.0.0.1::8080', image, 'sleep', '3600');
  });
  afterAll(async () => {
    console.log(`\n${lines.join('\n')}\n`);
    await docker('rm', '-f', made.container);
    await made.transport.close();
    await endLocalServer(server);
  });
  const contest = (wanted: Contest): void => {
    it(wanted.name, { timeout: 600_000 }, async () => {
      lines.push(line(await settle(wanted)));
    });
  };
  return Object.assign(made, { contest });
}
