import { expect, it } from 'vitest';
import { Memory } from '../../../src/app/memory';
import { memento } from './memento';

it('keeps the ten last images, each once, newest first', async () => {
  const memory = new Memory(memento());
  for (let index = 0; index < 12; index++) await memory.rememberImage(`image-${index}`);
  await memory.rememberImage('image-5');
  expect(memory.recentImages).toEqual([
    'image-5',
    'image-11',
    'image-10',
    'image-9',
    'image-8',
    'image-7',
    'image-6',
    'image-4',
    'image-3',
    'image-2',
  ]);
});

it('keeps the sizes of the last sandbox and the last build, and nothing else of them', async () => {
  const state = memento();
  const memory = new Memory(state);
  expect([memory.createSizes, memory.buildSizes]).toEqual([{}, {}]);
  const variables = { TOKEN: 'a secret' };
  await memory.rememberCreateSizes({ cpus: 2, idleSeconds: 0, ...{ variables } });
  await memory.rememberBuildSizes({ capacityGb: 16, timeoutSeconds: 60, ...{ description: 'a secret' } });
  expect(memory.createSizes).toMatchObject({ cpus: 2, idleSeconds: 0 });
  expect(memory.buildSizes).toEqual({ capacityGb: 16, timeoutSeconds: 60 });
  const kept = state.keys().map((key) => JSON.stringify(state.get(key)));
  expect(kept.join()).not.toContain('a secret');
});

it('keeps how sandboxes are grouped for windows that open later', async () => {
  const state = memento();
  const memory = new Memory(state);
  expect(memory.grouping.value).toEqual({ by: 'none' });
  await memory.setGrouping({ by: 'label', key: 'team' });
  expect(new Memory(state).grouping.value).toEqual({ by: 'label', key: 'team' });
});
