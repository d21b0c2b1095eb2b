import { expect, it } from 'vitest';
import { createBox, updateBox } from '../../../../src/api/boxes';
import { runCommand } from '../../../../src/api/commands/run-command';
import { upload } from '../../../../src/api/files';
import { glob } from '../../../../src/api/files/search';
import { reply } from '../scripted-server';
import { scriptedSockets, type SocketScript } from '../scripted-sockets';
import { stopClock } from '../stopped-clock';
import { bothSides, officialSockets, replyBox } from './sides';

/** Refuses once, for seven seconds. */
function refusingOnce() {
  let tries = 0;
  const script: SocketScript = {
    refuse: (refuse, count) => {
      tries = count;
      return count === 1 && refuse(503, { detail: 'busy' }, { 'retry-after': '7' });
    },
    onFrame: ({ say }, { command_id }) => {
      say({ type: 'started', command_id, pid: 1 });
      say({ type: 'exit', exit_code: 3 });
    },
  };
  return { script, tries: () => tries };
}

it('D a command whose WebSocket is refused for a while is tried again when the server says, as by the official SDK', async () => {
  const [one, other] = [refusingOnce(), refusingOnce()];
  const theirs = await officialSockets(one.script);
  const { transport, box } = await scriptedSockets(other.script);
  const clock = stopClock();
  const official = theirs.sandbox.run('x');
  const ours = runCommand(transport, box, { command: 'x' });
  await clock.until(() => clock.timers.filter((ms) => ms === 7_000).length, 2);
  clock.advance(6_999);
  await theirs.transport.send({ method: 'GET', url: box.dataplane_url }).catch(() => undefined);
  expect([one.tries(), other.tries()]).toEqual([1, 1]);
  clock.advance(1);
  expect(await official).toMatchObject({ exit_code: 3 });
  expect(await ours).toMatchObject({ exit_code: 3 });
});

it('D a field that is wrong is named wherever it is, by the official SDK on the control plane alone', async () => {
  const { official, ours, endpoint } = await bothSides((response, { method }) => {
    if (method === 'GET') replyBox(response, `${endpoint}/b1`);
    else reply(response, 422, { detail: [{ loc: ['body', 'limit'], msg: 'too many', type: 'value_error' }] });
  });
  const sandbox = await official.getSandbox('b1');
  await expect(official.createSandbox('s1')).rejects.toMatchObject({ field: 'limit' });
  await expect(official.updateSandbox('b1', 'x')).rejects.toMatchObject({ field: 'limit' });
  for (const call of [() => sandbox.glob('*', '/'), () => sandbox.write('/f', 'x')]) {
    const failure: unknown = await (call() as Promise<unknown>).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ message: 'too many' });
    expect(failure).not.toHaveProperty('field');
  }
  const named = { kind: 'invalid', field: 'limit' };
  await expect(createBox(ours, { name: 'x' })).rejects.toMatchObject(named);
  await expect(updateBox(ours, 'b1', { name: 'x' })).rejects.toMatchObject(named);
  await expect(glob(ours, { id: 'b1' }, { pattern: '*', path: '/' })).rejects.toMatchObject(named);
  await expect(upload(ours, { id: 'b1' }, '/f', 'x')).rejects.toMatchObject(named);
});
