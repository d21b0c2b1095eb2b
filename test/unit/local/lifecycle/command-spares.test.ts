import { PassThrough } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { ExecStream } from '../../../../src/local/engine/exec-shapes';
import { boxKey } from '../../../../src/local/lifecycle/engine-names';
import type { Lifecycle } from '../../../../src/local/lifecycle/lifecycle';
import {
  createCommandSpares,
  type CommandSpares,
} from '../../../../src/local/lifecycle/spares/command-spares';
import { findBox, insertBox } from '../../../../src/local/store/boxes';
import { insertSnapshot } from '../../../../src/local/store/snapshots';
import { lifecycleOver } from '../fixture/lifecycle';
import { newBox, newSnapshot } from '../fixture/rows';

const over = Promise.resolve();

interface Stage {
  spares: CommandSpares;
  lifecycle: Lifecycle;
  box: string;
  /** Of each shell that was started, and its input. */
  shells: PassThrough[];
}

/** Shells wait as soon as `isOpen` has settled, and end with their input. */
function stage(isOpen: Promise<unknown> = over): Stage {
  const shells: PassThrough[] = [];
  const exec = async (): Promise<ExecStream> => {
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
    shells.push(stdin);
    await isOpen;
    stderr.write('17\n');
    const exitCode = new Promise<number>((resolve) => stdin.once('finish', () => resolve(1)));
    return { stdin, stdout, stderr, exitCode, resize: () => over };
  };
  const lifecycle = lifecycleOver({ exec });
  const snapshot_id = insertSnapshot(lifecycle.database, newSnapshot(), 'latest').id;
  const box = insertBox(lifecycle.database, newBox({ snapshot_id })).id;
  const spares = createCommandSpares(lifecycle);
  onTestFinished(() => spares.close());
  return { spares, lifecycle, box, shells };
}

it('a shell waits once a command has ended, and is given once, to its user', async () => {
  const { spares, box, shells } = stage();
  spares.prepare(box, 'app', over);
  spares.prepare(box, 'app', over);
  await vi.waitUntil(() => shells.length > 0);
  const shell = await vi.waitUntil(() => spares.claim(box, '') ?? spares.claim(box, 'app'));
  expect(shell.stream.stdin).toBe(shells[0]);
  expect(spares.claim(box, 'app')).toBeUndefined();
  expect(shells).toHaveLength(1);
});

it('none is given or started while somebody has the sandbox’s turn', async () => {
  const { spares, lifecycle, box, shells } = stage();
  const snapshot_id = findBox(lifecycle.database, box)?.snapshot_id ?? '';
  const { id: other } = insertBox(lifecycle.database, newBox({ snapshot_id }));
  spares.prepare(box, '', over);
  await vi.waitUntil(() => shells.length > 0);
  await new Promise((resolve) => setImmediate(resolve));
  await lifecycle.turns.run(boxKey(box), new AbortController().signal, async () => {
    expect(spares.claim(box, '')).toBeUndefined();
    await spares.drop(box);
    expect(shells[0]?.writableEnded).toBe(true);
    spares.prepare(box, '', over);
    spares.prepare(other, '', over);
    await vi.waitUntil(() => shells.length > 1);
  });
  expect(shells).toHaveLength(2);
  expect(spares.claim(box, '')).toBeUndefined();
});

it('a drop waits for a shell that is being started, and for its end', async () => {
  let open = (): void => undefined;
  const { spares, box, shells } = stage(new Promise<void>((resolve) => (open = resolve)));
  spares.prepare(box, '', over);
  await vi.waitUntil(() => shells.length > 0);
  const told: string[] = [];
  const dropped = spares.drop(box).then(() => told.push('dropped'));
  shells[0]?.once('finish', () => told.push('ended'));
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual([]);
  open();
  await dropped;
  expect(told).toEqual(['ended', 'dropped']);
});

it('of more sandboxes than eight, the one that ran a command longest ago has none', async () => {
  const { spares, lifecycle, box, shells } = stage();
  const snapshot_id = findBox(lifecycle.database, box)?.snapshot_id ?? '';
  const boxes = [box];
  while (boxes.length < 9) boxes.push(insertBox(lifecycle.database, newBox({ snapshot_id })).id);
  for (const [at, each] of boxes.entries()) {
    spares.prepare(each, '', over);
    await vi.waitUntil(() => shells.length > at);
  }
  await vi.waitUntil(() => shells[0]?.writableEnded);
  expect(spares.claim(box, '')).toBeUndefined();
  expect(spares.claim(boxes.at(-1) ?? '', '')).toBeDefined();
});
