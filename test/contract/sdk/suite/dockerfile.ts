import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { Stage } from './sdk';

/** The SDK builds in a sandbox of the default image, with BuildKit and Docker in it. Sandboxes here are containers, which run neither. */
export function dockerfileSuite(stage: Stage): void {
  it('a build from a Dockerfile fails with a typed error and a log that says why, and leaves nothing', async () => {
    const { client, unique } = stage;
    const context = await mkdtemp(path.join(os.tmpdir(), 'sdk-dockerfile-'));
    const logged: string[] = [];
    try {
      await writeFile(path.join(context, 'Dockerfile'), 'FROM scratch\n');
      const options = { context, onBuildLog: (text: string) => logged.push(text) };
      const built = client.createSnapshotFromDockerfile(`sdk/dockerfile-${unique}`, 'Dockerfile', options);
      await expect(built).rejects.toMatchObject({ name: 'LangSmithResourceCreationError' });
    } finally {
      await rm(context, { recursive: true });
    }
    expect(logged.join('')).toContain('buildkitd: command not found');
    const builders = (await client.listSandboxes()).filter(({ name }) => name.startsWith('snapshot-builder'));
    expect(builders).toEqual([]);
    expect(await client.listSnapshots({ nameContains: `dockerfile-${unique}` })).toEqual([]);
  });
}
