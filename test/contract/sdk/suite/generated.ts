import { Langsmith } from 'langsmith';
import { beforeAll, expect, it } from 'vitest';
import { observed } from '../fixture/observed';
import { gibibyte, type Stage } from './sdk';

/** The generated client, which speaks the same wire in its own way. */
export function generatedSuite(stage: Stage): void {
  let sandboxes: Langsmith['sandboxes'];

  beforeAll(() => {
    sandboxes = observed(new Langsmith({ baseURL: stage.endpoint }).sandboxes, stage.seen);
  });

  it('snapshots: create, retrieve, by name, list, delete', async () => {
    const name = `sdk/generated-${stage.unique}`;
    const request = { name, docker_image: stage.image, fs_capacity_bytes: gibibyte, tag: 'v1' };
    const made = await sandboxes.snapshots.create({ ...request, labels: { purpose: 'generated' } });
    const id = made.id ?? '';
    expect((await sandboxes.snapshots.retrieve(`${name}:v1`)).id).toBe(id);
    expect(await sandboxes.snapshots.retrieveByName(name)).toEqual({
      name,
      tags: [{ tag: 'v1', snapshot_id: id }],
    });
    const page = await sandboxes.snapshots.list({ label: ['purpose=generated'], page_size: 1 });
    expect(page.items.map((each) => each.id)).toEqual([id]);
    await sandboxes.snapshots.delete(id);
  });

  it('sandboxes: create, retrieve, update, status, list over pages, stop, start, capture, delete', async () => {
    const { boxes } = sandboxes;
    const made = await boxes.create({ snapshot_id: stage.snapshot.id, labels: { purpose: 'generated' } });
    const name = made.name ?? '';
    await stage.client.waitForSandbox(name);
    expect(await boxes.retrieve(name)).toMatchObject({ id: made.id, labels: { purpose: 'generated' } });
    expect((await boxes.update(name, { idle_ttl_seconds: 60 })).idle_ttl_seconds).toBe(60);
    expect((await boxes.getStatus(name)).status).toBe('ready');
    const listed: (string | undefined)[] = [];
    for await (const box of await boxes.list({ page_size: 1 })) listed.push(box.name);
    expect(listed).toContain(name);
    expect(new Set(listed).size).toBe(listed.length);
    await boxes.stop(name);
    expect((await boxes.start(name)).status).toMatch(/provisioning|ready/);
    await stage.client.waitForSandbox(name);
    const capture = await boxes.createSnapshot(name, { name: `sdk/generated-capture-${stage.unique}` });
    expect((await stage.client.waitForSnapshot(capture.id ?? '')).status).toBe('ready');
    await boxes.delete(name);
  });

  it('links: download and service URLs are made, listed and revoked', async () => {
    const { boxes } = sandboxes;
    const { name } = stage.box;
    await stage.box.write('/root/link', 'linked');
    const link = await boxes.generateDownloadURL(name, { path: '/root/link' });
    expect(await (await fetch(link.download_url)).text()).toBe('linked');
    const service = await boxes.generateServiceURL(name, { port: 8099, expires_in_seconds: 60 });
    expect(service.token).toBeTruthy();
    const page = await boxes.listServiceURLs(name);
    expect(page.items.map(({ port, access }) => [port, access])).toContainEqual([8099, 'token']);
    await boxes.deleteServiceURL(name, { port: 8099 });
    const left = await boxes.listServiceURLs(name);
    expect(left.items.map(({ port }) => port)).not.toContain(8099);
  });

  it('what it costs is nothing the local server could tell, and it says so', async () => {
    const day = { start_time: '2026-01-01T00:00:00Z', end_time: '2026-01-02T00:00:00Z' };
    await expect((async () => await sandboxes.listUsageCosts(day))()).rejects.toMatchObject({ status: 501 });
  });
}
