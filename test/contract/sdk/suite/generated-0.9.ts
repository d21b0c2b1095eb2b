import { Client } from 'langsmith-0.9';
import { beforeAll, expect, it } from 'vitest';
import { observed } from '../fixture/observed';
import { gibibyte, type Stage } from './sdk';

/** The generated client of 0.9, whose lists are one page each. */
export function generatedSuite09(stage: Stage): void {
  let sandboxes: Client['sandboxes'];

  beforeAll(() => {
    sandboxes = observed(new Client().sandboxes, stage.seen);
  });

  it('snapshots: create, retrieve, by name, list, delete', async () => {
    const name = `sdk/generated-${stage.unique}`;
    const request = { name, docker_image: stage.image, fs_capacity_bytes: gibibyte };
    const { id = '' } = await sandboxes.snapshots.create(request);
    expect((await sandboxes.snapshots.retrieve(id)).name).toBe(name);
    expect((await sandboxes.snapshots.retrieveByName(name)).name).toBe(name);
    const { snapshots } = await sandboxes.snapshots.list({ name_contains: name });
    expect(snapshots?.map((each) => each.id)).toEqual([id]);
    await stage.client.waitForSnapshot(id);
    await sandboxes.snapshots.delete(id);
  });

  it('sandboxes: create, retrieve, update, status, list, stop, start, capture, service, delete', async () => {
    const { boxes } = sandboxes;
    const made = await boxes.create({ snapshot_id: stage.snapshot.id });
    const name = made.name ?? '';
    await stage.client.waitForSandbox(name);
    expect((await boxes.retrieve(name)).id).toBe(made.id);
    expect((await boxes.update(name, { idle_ttl_seconds: 60 })).idle_ttl_seconds).toBe(60);
    expect((await boxes.getStatus(name)).status).toBe('ready');
    const { sandboxes: listed } = await boxes.list({ name_contains: name });
    expect(listed?.map((each) => each.id)).toEqual([made.id]);
    await boxes.stop(name);
    expect((await boxes.start(name)).status).toMatch(/provisioning|ready/);
    await stage.client.waitForSandbox(name);
    const capture = await boxes.createSnapshot(name, { name: `sdk/generated-capture-${stage.unique}` });
    expect((await stage.client.waitForSnapshot(capture.id ?? '')).status).toBe('ready');
    expect((await boxes.generateServiceURL(name, { port: 8099 })).token).toBeTruthy();
    await boxes.delete(name);
  });
}
