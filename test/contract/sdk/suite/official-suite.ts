import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { endLocalServer } from '../../../harness/end-local-server';
import { startLocalServer, type LocalServer } from '../../../harness/local-server';
import { baseImage } from '../../local/fixture/wire';
import { declaredMembers } from '../fixture/declared';
import { observed } from '../fixture/observed';
import { boxSuite } from './boxes';
import { commandSuite } from './commands';
import { dockerfileSuite } from './dockerfile';
import { errorSuite } from './errors';
import { fileSuite } from './files';
import { linkSuite } from './links';
import { registrySuite } from './registries';
import { gibibyte, type Sdk, type Stage } from './sdk';
import { snapshotSuite } from './snapshots';

export interface OfficialSuite {
  sdk: Sdk;
  /** Declaration files of the classes it gives people. */
  declarations: string[];
  /** More that this version has. */
  more?: (stage: Stage) => void;
  /** Against a server that starts things ahead of time. */
  spares?: boolean;
}

/** An official SDK, unmodified, told nothing but the endpoint and the key, as a user's script would be. */
export function officialSuite({ sdk, declarations, more, spares }: OfficialSuite): void {
  const stage = { sdk, unique: randomBytes(4).toString('hex'), seen: new Set<string>() } as Stage;
  let server: LocalServer;

  beforeAll(async () => {
    server = await startLocalServer({ spares, args: ['--default-image', baseImage()] });
    vi.stubEnv('LANGSMITH_ENDPOINT', server.endpoint);
    vi.stubEnv('LANGSMITH_API_KEY', server.apiKey);
    stage.endpoint = server.endpoint;
    stage.image = baseImage();
    stage.client = observed(new sdk.SandboxClient(), stage.seen);
    stage.snapshot = await stage.client.createSnapshot(`sdk/${stage.unique}`, stage.image, gibibyte);
    stage.box = await stage.client.createSandbox(stage.snapshot.id, { name: `sdk-${stage.unique}` });
  });
  afterAll(async () => {
    await endLocalServer(server);
    vi.unstubAllEnvs();
  });

  describe('snapshots', () => snapshotSuite(stage));
  describe('sandboxes', () => boxSuite(stage));
  describe('commands', () => commandSuite(stage));
  describe('files', () => fileSuite(stage));
  describe('links and services', () => linkSuite(stage));
  describe('registries', () => registrySuite(stage));
  describe('Dockerfiles', () => dockerfileSuite(stage));
  describe('errors', () => errorSuite(stage));
  if (more) describe('more', () => more(stage));

  it('deletes everything it made', async () => {
    for (const { name } of await stage.client.listSandboxes()) await stage.client.deleteSandbox(name);
    expect(await stage.client.listSandboxes()).toEqual([]);
    for (const { id } of await stage.client.listSnapshots()) await stage.client.deleteSnapshot(id);
    expect(await stage.client.listSnapshots()).toEqual([]);
  });

  it('every method it has was called', async () => {
    const declared = await declaredMembers(declarations);
    expect(declared.length).toBeGreaterThan(40);
    expect(declared.filter((member) => !stage.seen.has(member))).toEqual([]);
  });
}
