import { expect, it } from 'vitest';
import { gibibyte, has, type Stage } from './sdk';

export function snapshotSuite(stage: Stage): void {
  it('a build ends ready, is found by id and by name, and is listed', async () => {
    const { client, snapshot } = stage;
    expect(snapshot).toMatchObject({
      status: 'ready',
      fs_capacity_bytes: gibibyte,
      docker_image: stage.image,
    });
    expect((await client.getSnapshot(snapshot.id)).name).toBe(snapshot.name);
    expect((await client.getSnapshot(snapshot.name)).id).toBe(snapshot.id);
    const nameContains = snapshot.name.toUpperCase();
    const listed = await client.listSnapshots({ nameContains, limit: 1, offset: 0 });
    expect(listed.map(({ id }) => id)).toEqual([snapshot.id]);
    expect(await client.listSnapshots({ nameContains, offset: 1 })).toEqual([]);
    expect((await client.waitForSnapshot(snapshot.id)).status).toBe('ready');
  });

  const takesRunConfig = has(stage.sdk, 'Sandbox', 'stat');

  it.runIf(takesRunConfig)('a build with a run_config boots with it', async () => {
    const runConfig = { work_dir: '/opt', env_vars: { LAYER: 'snapshot' } };
    const name = `sdk/configured-${stage.unique}`;
    const built = await stage.client.createSnapshot(name, stage.image, gibibyte, { runConfig });
    const box = await stage.client.createSandbox({ snapshotName: name });
    const { stdout } = await box.run('printf "%s %s" "$LAYER" "$PWD"');
    expect(stdout).toBe('snapshot /opt');
    await box.delete();
    await stage.client.deleteSnapshot(built.id);
  });

  it('a capture holds the files, and names the sandbox it comes from', async () => {
    const { client, box } = stage;
    await box.write('/root/captured.txt', 'kept');
    const capture = await client.captureSnapshot(box.name, `sdk/capture-${stage.unique}`);
    expect(capture).toMatchObject({ status: 'ready', source_sandbox_id: box.id });
    const second = await client.createSandbox(capture.id);
    expect(new TextDecoder().decode(await second.read('/root/captured.txt'))).toBe('kept');
    const again = await second.captureSnapshot(`sdk/again-${stage.unique}`, {
      runConfig: { work_dir: '/opt' },
    });
    if (takesRunConfig) expect(again.run_config?.work_dir).toBe('/opt');
    await second.delete();
  });

  it('a snapshot that was deleted is found no more', async () => {
    const made = await stage.client.createSnapshot(`sdk/short-${stage.unique}`, stage.image, gibibyte);
    await stage.client.deleteSnapshot(made.id);
    const notFound = { name: 'LangSmithResourceNotFoundError' };
    await expect(stage.client.getSnapshot(made.id)).rejects.toMatchObject(notFound);
  });
}
