import { expect, it } from 'vitest';
import { EngineError } from '../../../../src/local/engine/engine-error';
import { refuseDeleted, withRunningBox } from '../../../../src/local/lifecycle/awake';
import { boxLabel } from '../../../../src/local/lifecycle/engine-names';
import type { Lifecycle } from '../../../../src/local/lifecycle/lifecycle';
import {
  deleteBoxRow,
  findBox,
  insertBox,
  updateBox,
  type BoxRecord,
} from '../../../../src/local/store/boxes';
import { insertSnapshot } from '../../../../src/local/store/snapshots';
import { lifecycleOver } from '../fixture/lifecycle';
import { newBox, newSnapshot } from '../fixture/rows';

const never = new AbortController().signal;
const refusal = new EngineError('conflict', 'Container c is not running');

/** Of an engine that lists its one container as running. */
function readyBox(): { lifecycle: Lifecycle; box: BoxRecord } {
  const lifecycle = lifecycleOver({
    listContainers: () =>
      Promise.resolve([
        { id: 'c', name: 'c', labels: { [boxLabel]: box.id }, state: 'running', imageId: 'i' },
      ]),
  });
  const { id: snapshot_id } = insertSnapshot(lifecycle.database, newSnapshot(), 'latest');
  const box = insertBox(lifecycle.database, newBox({ snapshot_id, name: 'busy', status: 'ready' }));
  return { lifecycle, box };
}

it('an engine that lists a sandbox as running and refuses to work in it twice is told of, with what to look for', async () => {
  const { lifecycle, box } = readyBox();
  let attempts = 0;
  const work = (): Promise<never> => Promise.reject(((attempts += 1), refusal));
  await expect(withRunningBox(lifecycle, box.id, never, work)).rejects.toMatchObject({
    status: 400,
    type: 'NotReady',
    message: expect.stringMatching(/busy runs, .*: Container c is not running\. .*disk is full/) as string,
  });
  expect(attempts).toBe(2);
});

it('what the engine refuses in a sandbox that is deleted meanwhile is told as that, and not tried again', async () => {
  const { lifecycle, box } = readyBox();
  const leaving = (): Promise<never> => {
    updateBox(lifecycle.database, box.id, { status: 'deleting' });
    return Promise.reject(refusal);
  };
  await expect(withRunningBox(lifecycle, box.id, never, leaving)).rejects.toThrow('busy is being deleted.');
  deleteBoxRow(lifecycle.database, box.id);
  expect(() => refuseDeleted(lifecycle, box.id)).toThrow('There is no sandbox');
});

it('what a stop overtakes ends with it, and does not start the sandbox again', async () => {
  const { lifecycle, box } = readyBox();
  let attempts = 0;
  const overtaken = (): Promise<never> => {
    attempts += 1;
    updateBox(lifecycle.database, box.id, { status: 'stopped', status_message: null });
    return Promise.reject(refusal);
  };
  await expect(withRunningBox(lifecycle, box.id, never, overtaken)).rejects.toMatchObject({
    type: 'NotReady',
    message: 'Sandbox busy was stopped meanwhile. Ask again to start it.',
  });
  expect([attempts, findBox(lifecycle.database, box.id)?.status]).toEqual([1, 'stopped']);
});
