import { afterAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../src/api/secret';
import type { PullProgress, RegistryAuth } from '../../../src/local/engine/engine';
import { enginesUnderTest } from '../../engines';
import { pushFreshImage } from '../../harness/downloads';
import { testEnvironment } from '../../harness/env';
import { engineRoom, soon, unique } from './fixture/engine-room';
import { stalledRegistry } from './fixture/stalled-registry';

describe.each(await enginesUnderTest())('a pull on $name', ({ url }) => {
  const room = engineRoom(url);
  const { registryOpen, registryAuth, registryUser, registryPassword, registryUnreachable } =
    testEnvironment();
  const pulled: string[] = [];

  afterAll(async () => {
    for (const reference of pulled) await room.engine.removeImage(reference, soon());
  });

  it('brings the image with its digest, and tells how many layers are done', async () => {
    const reference = await fresh(registryOpen, { layers: 3 });
    const progress: PullProgress[] = [];
    await room.engine.pullImage(reference, { onProgress: (now) => progress.push(now), signal: soon() });
    const image = await room.engine.inspectImage(reference, soon());
    expect(image?.references).toContain(reference);
    expect(image?.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(image).toMatchObject({ os: 'linux', layerCount: 4 });
    const [repository] = reference.split(/:1$/);
    const same = await room.engine.inspectImage(`${repository}@${image?.digest}`, soon());
    expect(same?.id).toBe(image?.id);
    if (room.engine.info.product === 'docker') {
      expect(progress.at(-1)).toEqual({ layersDone: 4, layersTotal: 4 });
      expect(progress[0]!.layersDone).toBeLessThan(4);
    }
  });

  it('without a tag brings the latest only, and by digest the very one', async () => {
    const reference = await fresh(registryOpen, { layers: 1 });
    await room.engine.pullImage(reference, { signal: soon() });
    const { digest, id } = (await room.engine.inspectImage(reference, soon()))!;
    await room.engine.removeImage(reference, soon());
    const [repository] = reference.split(/:1$/);
    const byDigest = `${repository}@${digest}`;
    pulled.push(byDigest);
    await room.engine.pullImage(byDigest, { signal: soon() });
    expect((await room.engine.inspectImage(byDigest, soon()))?.id).toBe(id);
    // It has no tag `latest`.
    await expect(room.engine.pullImage(repository!, { signal: soon() })).rejects.toMatchObject({
      kind: 'image-not-found',
    });
  });

  it('with the right password brings the image of a private registry', async () => {
    const reference = `${registryAuth}/sandbox-base:1`;
    pulled.push(reference);
    await room.engine.pullImage(reference, { auth: credentials(registryPassword), signal: soon() });
    expect(await room.engine.inspectImage(reference, soon())).toMatchObject({ os: 'linux' });
  });

  it('with a wrong password says so, and does not repeat it', async () => {
    const password = `wrong-${unique()}`;
    const failed = pullFailing(`${registryAuth}/sandbox-base:1`, credentials(password));
    await expect(failed).resolves.toMatchObject({ kind: 'wrong-credentials' });
    expect(String(await failed)).not.toContain(password);
  });

  it.each([
    ['without a password', 'no-credentials', `${registryAuth}/sandbox-base:1`],
    ['of a tag that is not there', 'image-not-found', `${registryOpen}/sandbox-base:nowhere`],
    ['of an image that is not there', 'image-not-found', `${registryOpen}/no-such-image:1`],
    ['from where nobody listens', 'registry-unreachable', `${registryUnreachable}/sandbox-base:1`],
    ['from a host without address', 'registry-unreachable', 'no-such-host.invalid/sandbox-base:1'],
    ['of what is no image name', 'bad-reference', `${registryOpen}/Sandbox Base:1`],
  ])('%s fails as %s', async (_, kind, reference) => {
    const failure = await pullFailing(reference);
    expect(failure).toMatchObject({ name: 'EngineError', kind });
    expect(failure.message).toMatch(/\w{3,} \w{2,}/);
    expect(failure.message).not.toMatch(/\n|\{|"message"|^(Get|Head) /);
  });

  it('of an image for another system fails as wrong-platform, or tells the platform', async () => {
    const reference = await fresh(registryOpen, { layers: 1, os: 'windows' });
    const failure = await room.engine
      .pullImage(reference, { signal: soon() })
      .catch((error: unknown) => error);
    if (failure) expect(failure).toMatchObject({ name: 'EngineError', kind: 'wrong-platform' });
    else expect(await room.engine.inspectImage(reference, soon())).toMatchObject({ os: 'windows' });
  });

  it('that is aborted rejects at once, and the engine gives it up', async ({ skip }) => {
    skip(room.engine.info.product === 'podman', 'Podman knows beforehand which registries speak plain HTTP');
    const registry = await stalledRegistry(registryOpen);
    const stopping = new AbortController();
    const reason = new Error('no longer wanted');
    try {
      const [given, next] = [
        await fresh(registry.address, { layers: 1 }),
        await fresh(registry.address, { layers: 2 }),
      ];
      const pull = room.engine.pullImage(given, { signal: stopping.signal });
      await Promise.race([registry.downloading, pull]);
      stopping.abort(reason);
      await expect(pull).rejects.toBe(reason);
      registry.release();
      await room.engine.pullImage(next, { signal: soon() });
      expect(await room.engine.inspectImage(given, soon())).toBeUndefined();
    } finally {
      registry.close();
    }
  });

  async function fresh(registry: string, shape: Parameters<typeof pushFreshImage>[0]): Promise<string> {
    const reference = `${registry}/${await pushFreshImage(shape)}`;
    pulled.push(reference);
    return reference;
  }

  function credentials(password: string): RegistryAuth {
    return { serverAddress: registryAuth, username: registryUser, password: new Secret(password) };
  }

  async function pullFailing(reference: string, auth?: RegistryAuth): Promise<Error> {
    try {
      await room.engine.pullImage(reference, { auth, signal: soon() });
    } catch (error) {
      return error as Error;
    }
    throw new Error(`the pull of ${reference} did not fail`);
  }
});
