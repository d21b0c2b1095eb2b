import { expect, it } from 'vitest';
import { gibibyte, type Stage } from './sdk';

/** The SDK makes its own typed errors of what the server answers. */
export function errorSuite(stage: Stage): void {
  const refused = (work: Promise<unknown>, name: string) => expect(work).rejects.toMatchObject({ name });

  it('a wrong key is an authentication error', async () => {
    const stranger = new stage.sdk.SandboxClient({ apiKey: 'wrong' });
    await refused(stranger.getSandbox('any'), 'LangSmithSandboxAuthenticationError');
  });

  it('what is nowhere is not found', async () => {
    const { client } = stage;
    await refused(client.getSandbox('nowhere'), 'LangSmithResourceNotFoundError');
    await refused(client.deleteSandbox('nowhere'), 'LangSmithResourceNotFoundError');
    await refused(client.getSandboxStatus('nowhere'), 'LangSmithResourceNotFoundError');
  });

  it('a name that is taken is a conflict', async () => {
    const { client, box } = stage;
    const other = await client.createSandbox(stage.snapshot.id);
    await refused(client.updateSandbox(other.name, box.name), 'LangSmithResourceNameConflictError');
    await other.delete();
  });

  it('a field that is wrong is a validation error', async () => {
    const { client, snapshot } = stage;
    await refused(client.createSandbox(snapshot.id, { name: 'not a name' }), 'LangSmithValidationError');
    const built = client.createSnapshot('Not A Name', stage.image, gibibyte);
    await refused(built, 'LangSmithValidationError');
  });

  it('an image that is nowhere fails the build, with the reason', async () => {
    const image = stage.image.replace('sandbox-base', 'no-such-image');
    const built = stage.client.createSnapshot(`sdk/nowhere-${stage.unique}`, image, gibibyte);
    await refused(built, 'LangSmithResourceCreationError');
  });
}
