import { expect, it } from 'vitest';
import { testEnvironment } from '../../../harness/env';
import { gibibyte, type Stage } from './sdk';

export function registrySuite(stage: Stage): void {
  it('a registry is kept, changed, used and deleted, and never gives its password back', async () => {
    const { client, unique } = stage;
    const { registryAuth: url, registryUser: username, registryPassword: password } = testEnvironment();
    const name = `sdk-registry-${unique}`;
    const created = await client.registries.create({ name, url, username, password });
    expect(JSON.stringify(created)).not.toContain(password);
    expect((await client.registries.retrieve(name)).id).toBe(created.id);
    const { registries } = await client.registries.list({ name_contains: unique });
    expect(registries?.map(({ id }) => id)).toEqual([created.id]);
    const renamed = `${name}-2`;
    expect(await client.registries.update(name, { name: renamed })).toMatchObject({
      id: created.id,
      name: renamed,
    });
    const image = `${url}/sandbox-base:1`;
    const options = { registryId: created.id };
    const snapshot = await client.createSnapshot(`sdk/private-${unique}`, image, gibibyte, options);
    expect(snapshot).toMatchObject({ status: 'ready', registry_id: created.id });
    await client.deleteSnapshot(snapshot.id);
    await client.registries.delete(renamed);
    await expect(client.registries.retrieve(renamed)).rejects.toMatchObject({ status: 404 });
  });
}
