import { expect, it } from 'vitest';
import type { EngineImage } from '../../../../src/local/engine/engine';
import { parseImageReference } from '../../../../src/local/image-reference';
import { obtainImage } from '../../../../src/local/lifecycle/obtain-image';
import { createSlots } from '../../../../src/local/lifecycle/slots';
import { lifecycleOver } from '../fixture/lifecycle';

const never = new AbortController().signal;

it('builds of one slow image leave room for builds of others', async () => {
  let release = (): void => undefined;
  const slow = new Promise<void>((resolve) => (release = resolve));
  const engine = lifecycleOver({
    inspectImage: () => Promise.resolve({ id: 'id', volumes: [] as string[] } as EngineImage),
    pullImage: (name) => (name.includes('slow') ? slow : Promise.resolve()),
    tagImage: () => Promise.resolve(),
  });
  const lifecycle = { ...engine, buildSlots: createSlots(2) };
  const obtain = (image: string, snapshotId: string): Promise<unknown> => {
    const order = { snapshotId, reference: parseImageReference(image)!, report: () => undefined };
    return obtainImage(lifecycle, order, never);
  };
  const waiting = ['1', '2', '3'].map((id) => obtain('registry.example.com/slow:1', id));
  expect(await obtain('registry.example.com/quick:1', '4')).toMatchObject({ image: { id: 'id' } });
  release();
  await Promise.all(waiting);
});
