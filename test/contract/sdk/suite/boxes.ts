import { expect, it } from 'vitest';
import { has, type Stage } from './sdk';

export function boxSuite(stage: Stage): void {
  it('a sandbox has what it was created with', async () => {
    const { client, sdk } = stage;
    const made = await client.createSandbox(stage.snapshot.id, {
      name: `sdk-sized-${stage.unique}`,
      idleTtlSeconds: 120,
      deleteAfterStopSeconds: 3600,
      vCpus: 1,
      memBytes: 4 * 1024 ** 3,
      fsCapacityBytes: 2 * 1024 ** 3,
      ...(has(sdk, 'Sandbox', 'stat') && {
        labels: { purpose: 'test' },
        runConfig: { env_vars: { A: 'b' } },
      }),
    });
    expect(await client.getSandbox(made.name)).toMatchObject({
      id: made.id,
      status: 'ready',
      snapshot_id: stage.snapshot.id,
      idle_ttl_seconds: 120,
      delete_after_stop_seconds: 3600,
      vCpus: 1,
      mem_bytes: 4 * 1024 ** 3,
      fs_capacity_bytes: 2 * 1024 ** 3,
      ...(has(sdk, 'Sandbox', 'stat') && { labels: { purpose: 'test' } }),
    });
    expect((await client.listSandboxes()).map(({ name }) => name)).toContain(made.name);
    await made.delete();
    const notFound = { name: 'LangSmithResourceNotFoundError' };
    await expect(client.getSandbox(made.name)).rejects.toMatchObject(notFound);
  });

  it('one that nobody waits for becomes ready all the same', async () => {
    const { client } = stage;
    const made = await client.createSandbox({ snapshotName: stage.snapshot.name, waitForReady: false });
    expect((await client.waitForSandbox(made.name, { pollInterval: 0.1 })).status).toBe('ready');
    await client.deleteSandbox(made.name);
  });

  it('a rename and new lifetimes hold', async () => {
    const { client } = stage;
    const made = await client.createSandbox(stage.snapshot.id);
    const name = `sdk-renamed-${stage.unique}`;
    expect((await client.updateSandbox(made.name, name)).id).toBe(made.id);
    const updated = await client.updateSandbox(name, { idleTtlSeconds: 0, deleteAfterStopSeconds: 600 });
    expect(updated).toMatchObject({ name, idle_ttl_seconds: 0, delete_after_stop_seconds: 600 });
    await client.deleteSandbox(name);
  });

  it('stopping keeps the files, by the client and by the sandbox itself', async () => {
    const { client, box } = stage;
    await box.write('/root/before-the-stop', 'kept');
    await box.stop();
    expect((await client.getSandboxStatus(box.name)).status).toBe('stopped');
    expect((await client.getSandbox(box.name)).stopped_at).toBeTruthy();
    await box.start();
    expect(box.status).toBe('ready');
    await client.stopSandbox(box.name);
    expect((await client.startSandbox(box.name)).status).toBe('ready');
    expect((await box.run('cat /root/before-the-stop')).stdout).toBe('kept');
  });

  it('a stopped one is woken by the first command', async () => {
    await stage.box.stop();
    expect((await stage.box.run('echo awake')).stdout).toBe('awake\n');
  });

  it('the client shows no key when it is printed', () => {
    expect(stage.client.toString()).toContain(stage.endpoint);
    expect(stage.client.toString()).not.toContain(process.env['LANGSMITH_API_KEY']);
  });
}
