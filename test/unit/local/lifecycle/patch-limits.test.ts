import { expect, it } from 'vitest';
import type { ContainerSpec, Engine } from '../../../../src/local/engine/engine';
import { EngineError } from '../../../../src/local/engine/engine-error';
import { startBoot } from '../../../../src/local/lifecycle/boot';
import type { Lifecycle } from '../../../../src/local/lifecycle/lifecycle';
import { patchBox } from '../../../../src/local/lifecycle/patch-box';
import { findBox, insertBox, updateBox, type NewBox } from '../../../../src/local/store/boxes';
import { insertSnapshot } from '../../../../src/local/store/snapshots';
import { lifecycleOver } from '../fixture/lifecycle';
import { newBox, newSnapshot } from '../fixture/rows';

const podman: Partial<Engine['info']> = { product: 'podman', changesLimits: false };

function over(calls: Partial<Engine>, fields: Partial<NewBox>): { lifecycle: Lifecycle; id: string } {
  const lifecycle = lifecycleOver({ info: podman as Engine['info'], ...calls });
  const snapshot = insertSnapshot(lifecycle.database, newSnapshot(), 'latest');
  const { id } = insertBox(lifecycle.database, newBox({ snapshot_id: snapshot.id, ...fields }));
  return { lifecycle, id };
}

it('where limits of containers are fixed, a stopped sandbox that keeps no files starts with new ones', async () => {
  const made: ContainerSpec[] = [];
  const { lifecycle, id } = over(
    {
      inspectContainer: () =>
        Promise.resolve({
          id: 'c',
          name: 'c',
          labels: {},
          state: made.length ? 'running' : 'exited',
          imageId: 'i',
        }),
      removeContainer: () => Promise.resolve(),
      startContainer: () => Promise.resolve(),
      createContainer: (spec) => Promise.resolve(String(made.push(spec))),
    },
    { status: 'stopped', persistent: false },
  );
  patchBox(lifecycle, id, { vcpus: 2, mem_bytes: 512 * 1024 * 1024 });
  updateBox(lifecycle.database, id, { status: 'provisioning' });
  expect(await startBoot(lifecycle, findBox(lifecycle.database, id)!)).toBeUndefined();
  expect(made).toMatchObject([{ cpuMillicores: 2000, memoryBytes: 512 * 1024 * 1024 }]);
});

it.each([
  ['limits hold from', false, ['start', 'limits {"memoryBytes":1024}', 'stop']],
  ['limits hold before', true, ['limits {"memoryBytes":1024}']],
])(
  'a start with refused limits fails with the reason, and runs on nowhere: %s its start',
  async (_, ofStopped, all) => {
    const calls: string[] = [];
    const called = (name: string) => () => {
      calls.push(name);
      return Promise.resolve();
    };
    const { lifecycle, id } = over(
      {
        info: { ...podman, changesLimits: true, changesLimitsOfStopped: ofStopped } as Engine['info'],
        inspectContainer: () => {
          const state = calls.includes('start') ? 'running' : 'exited';
          return Promise.resolve({ id: 'c', name: 'c', labels: {}, state, imageId: 'i' });
        },
        layProgram: () => Promise.resolve('/leader'),
        startContainer: called('start'),
        changeLimits: (_id, limits) => {
          calls.push(`limits ${JSON.stringify(limits)}`);
          return Promise.reject(new EngineError('other', 'too little'));
        },
        stopContainer: called('stop'),
      },
      { status: 'provisioning', mem_bytes: 1024 },
    );
    const failure = await startBoot(lifecycle, findBox(lifecycle.database, id)!);
    expect(failure?.message).toContain('too little');
    expect(findBox(lifecycle.database, id)?.status).toBe('failed');
    expect(calls).toEqual(all);
  },
);

it.each([
  ['ready', false, 'Stop this one first'],
  ['ready', true, 'Capture it'],
  ['stopped', true, 'Capture it'],
] as const)('of a %s one (persistent: %s) they stay', (status, persistent, advice) => {
  const { lifecycle, id } = over({}, { status, persistent });
  expect(() => patchBox(lifecycle, id, { cpu_millicores: 500 })).toThrow(advice);
  expect(findBox(lifecycle.database, id)?.cpu_millicores).toBeNull();
});
