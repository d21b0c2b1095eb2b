import { expect, it } from 'vitest';
import { createOutput } from '../../../../src/local/commands/output';

const ten = Buffer.alloc(10);
const settled = async (promise: Promise<void>): Promise<boolean> => {
  let isSettled = false;
  void promise.then(() => (isSettled = true));
  await new Promise(setImmediate);
  return isSettled;
};

it('waits for nobody when nobody reads', async () => {
  const output = createOutput(10);
  await output.append('stdout', Buffer.alloc(25));
  expect([output.rings.stdout.start, output.rings.stdout.end]).toEqual([15, 25]);
});

it('waits for who reads, until that one has read or left', async () => {
  const output = createOutput(10);
  const at = { stdout: 0, stderr: 0 };
  const leave = output.hold(at);
  await output.append('stdout', ten);
  const more = output.append('stdout', ten);
  expect(await settled(more)).toBe(false);
  at.stdout = 4;
  output.bell.ring();
  expect(await settled(more)).toBe(false);
  expect([output.rings.stdout.start, output.rings.stdout.end]).toEqual([4, 14]);
  leave();
  expect(await settled(more)).toBe(true);
});

it('waits for an acknowledgement, says so, and does not hold the other stream back', async () => {
  const output = createOutput(10);
  output.acknowledge({ stdout: 0, stderr: 0 });
  await output.append('stdout', ten);
  expect(output.needsAcknowledgement).toBe(true);
  await output.append('stderr', Buffer.alloc(5));
  const more = output.append('stdout', ten);
  output.acknowledge({ stdout: 10, stderr: 0 });
  expect(await settled(more)).toBe(true);
  output.acknowledge(undefined);
  expect(output.needsAcknowledgement).toBe(false);
});

it('keeps nothing that is acknowledged for one who may be silent for ever', async () => {
  const output = createOutput(10);
  output.hold({ stdout: 0, stderr: 0 }, { unlessAcknowledged: true });
  await output.append('stdout', ten);
  const more = output.append('stdout', ten);
  expect(await settled(more)).toBe(false);
  output.acknowledge({ stdout: 10, stderr: 0 });
  expect(await settled(more)).toBe(true);
});

it('keeps nothing for one who was silent when another takes over who does not acknowledge', async () => {
  const output = createOutput(10);
  output.acknowledge({ stdout: 0, stderr: 0 });
  const leave = output.hold({ stdout: 0, stderr: 0 }, { unlessAcknowledged: true });
  await output.append('stdout', ten);
  const more = output.append('stdout', ten);
  expect(await settled(more)).toBe(false);
  output.acknowledge(undefined);
  expect(await settled(more)).toBe(true);
  leave();
});
