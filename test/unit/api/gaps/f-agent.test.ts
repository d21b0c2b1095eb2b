import { Duplex } from 'node:stream';
import { expect, it } from 'vitest';
import { startCommand } from '../../../../src/api/commands/command';
import { scriptedSockets, type SocketScript } from '../scripted-sockets';
import { officialSockets, roundTrip } from './sides';

/** What an SSH agent is asked and says, as its protocol frames it: which keys it has, and that it has none. */
const whichKeys = Buffer.from([0, 0, 0, 1, 11]);
const noKeys = Buffer.from([0, 0, 0, 5, 12, 0, 0, 0, 0]);

/** A program of the command asks the agent as soon as it runs, and ends with the answer. */
const asks: SocketScript = {
  onFrame: ({ say }, { type, command_id }) => {
    if (type === 'ssh_agent_data') say({ type: 'exit', exit_code: 0 });
    if (type !== 'execute') return;
    say({ type: 'started', command_id, pid: 1 });
    say({ type: 'ssh_agent_data', channel_id: 'a', data: whichKeys.toString('base64') });
  },
};

it('F an SSH agent is asked and its answer sent, the official SDK neither offers one nor answers', async () => {
  const theirs = await officialSockets(asks);
  await theirs.sandbox.run('ssh-add -l', { wait: false });
  await roundTrip(theirs.sockets[0]!);
  expect(theirs.frames).toHaveLength(1);
  expect(theirs.frames[0]).not.toHaveProperty('ssh_agent_forward');

  const asked: Buffer[] = [];
  const openAgent = (): Duplex =>
    new Duplex({
      read: () => undefined,
      write(bytes: Buffer, _, done) {
        asked.push(bytes);
        this.push(noKeys);
        done();
      },
    });
  const { transport, box, frames } = await scriptedSockets(asks);
  expect(await startCommand(transport, box, { command: 'ssh-add -l' }, { openAgent }).exited()).toBe(0);
  expect(Buffer.concat(asked)).toEqual(whichKeys);
  expect(frames).toMatchObject([
    { type: 'execute', ssh_agent_forward: true },
    { type: 'ssh_agent_data', channel_id: 'a', data: noKeys.toString('base64') },
  ]);
});
