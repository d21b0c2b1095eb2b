import { expect, it } from 'vitest';
import { startCommand } from '../../../../src/api/commands/command';
import { bufferKilobytes, heapKilobytes } from '../../../harness/heap';
import { scriptedSockets, type SocketScript } from '../scripted-sockets';

const piece = 'x'.repeat(64 * 1024);
const pieces = 3_200;
const most = 64 * 1024 * 1024;
const lookEvery = 10 * 1024 * 1024;

it('200 MB of a command’s output comes through in bounded memory', { timeout: 120_000 }, async () => {
  const onFrame: SocketScript['onFrame'] = ({ socket, say }, { command_id }) => {
    say({ type: 'started', command_id });
    const tail = `,"type":"stdout","data":"${piece}"}`;
    let said = 0;
    const more = (): void => {
      if (said === pieces) say({ type: 'exit', exit_code: 0 });
      else socket.send(`{"offset":${said++ * piece.length}${tail}`, more);
    };
    more();
  };
  const { transport, box } = await scriptedSockets({ onFrame });
  const command = startCommand(transport, box, { command: 'yes' });
  const before = await inUse();
  let peak = 0;
  let nextLook = lookEvery;

  let length = 0;
  for await (const { data } of command.output()) {
    length += data.length;
    if (length < nextLook) continue;
    nextLook += lookEvery;
    peak = Math.max(peak, (await inUse()) - before);
  }
  expect(await command.exited()).toBe(0);
  expect(length).toBe(piece.length * pieces);
  expect(peak).toBeLessThan(most);
});

/** Of this process, the scripted server included; what only waits to be collected does not count. */
async function inUse(): Promise<number> {
  return ((await heapKilobytes()) + (await bufferKilobytes())) * 1024;
}
