import type { Sandbox, SandboxClient } from 'langsmith/sandbox';
import { expect, it, onTestFinished } from 'vitest';
import { createBox, deleteBox, getBox, listBoxes, stopBox, updateBox } from '../../../../src/api/boxes';
import { attachCommand, startCommand } from '../../../../src/api/commands/command';
import { runCommand } from '../../../../src/api/commands/run-command';
import { download, upload } from '../../../../src/api/files';
import { readFile, statFile } from '../../../../src/api/files/read-file';
import { glob, grep } from '../../../../src/api/files/search';
import { deleteSnapshot } from '../../../../src/api/snapshots';
import type { Transport } from '../../../../src/api/transport';
import { settledByAbort } from '../abort';
import { bothSides, laterEvent, replyBox, settled } from './sides';

const box = { id: 'b1' };

/** A signal in the place where the method has its options, or behind all its parameters; TypeScript knows none there. */
type Official = (client: Loose<SandboxClient>, sandbox: Loose<Sandbox>, options: object) => Promise<unknown>;
type Loose<T> = {
  [Key in keyof T]: T[Key] extends (...args: never[]) => Promise<infer Result>
    ? (...args: unknown[]) => Promise<Result>
    : T[Key];
};
type Ours = (transport: Transport, options: { signal: AbortSignal }) => Promise<unknown>;

const calls: Record<string, [Official, Ours]> = {
  createSandbox: [
    (client, _, options) => client.createSandbox('s1', options),
    (transport, options) => createBox(transport, { snapshot_id: 's1' }, options),
  ],
  updateSandbox: [
    (client, _, options) => client.updateSandbox('b1', { newName: 'x', ...options }),
    (transport, options) => updateBox(transport, 'b1', { name: 'x' }, options),
  ],
  deleteSandbox: [
    (client, _, options) => client.deleteSandbox('b1', options),
    (transport, options) => deleteBox(transport, 'b1', options),
  ],
  listSandboxes: [
    (client, _, options) => client.listSandboxes(options),
    (transport, options) => listBoxes(transport, {}, options),
  ],
  stopSandbox: [
    (client, _, options) => client.stopSandbox('b1', options),
    (transport, options) => stopBox(transport, 'b1', options),
  ],
  deleteSnapshot: [
    (client, _, options) => client.deleteSnapshot('s1', options),
    (transport, options) => deleteSnapshot(transport, 's1', options),
  ],
  read: [
    (_, sandbox, options) => sandbox.read('/f', 60, options),
    (transport, options) => download(transport, box, '/f', options),
  ],
  write: [
    (_, sandbox, options) => sandbox.write('/f', 'text', 60, options),
    (transport, options) => upload(transport, box, '/f', 'text', options),
  ],
  stat: [
    (_, sandbox, options) => sandbox.stat('/f', 60, options),
    (transport, options) => statFile(transport, box, '/f', options),
  ],
  readRange: [
    (_, sandbox, options) => sandbox.readRange('/f', { start: 0, ...options }),
    (transport, options) => readFile(transport, box, '/f', { range: { start: 0 } }, options),
  ],
  glob: [
    (_, sandbox, options) => sandbox.glob('*', '/', options),
    (transport, options) => glob(transport, box, { pattern: '*', path: '/' }, options),
  ],
  grep: [
    (_, sandbox, options) => sandbox.grep('x', '/', options),
    (transport, options) => grep(transport, box, { pattern: 'x', path: '/' }, options),
  ],
  run: [
    (_, sandbox, options) => sandbox.run('x', options),
    (transport, options) => runCommand(transport, box, { command: 'x' }, options),
  ],
  'run without waiting': [
    (_, sandbox, options) => sandbox.run('x', { wait: false, ...options }),
    (transport, options) => startCommand(transport, box, { command: 'x' }, options).exited(),
  ],
  reconnect: [
    async (_, sandbox, options) => (await sandbox.reconnect('c1', options)).result,
    (transport, options) => attachCommand(transport, box, 'c1', options).exited(),
  ],
};

it('C1 every call ends in less than 50 ms when its signal aborts, the official SDK’s go on', async () => {
  const arrived: string[] = [];
  const leftovers: (() => void)[] = [];
  const { official, ours, endpoint, server } = await bothSides((response, { method, url }, count) => {
    arrived.push(`${method} ${url}`);
    if (count === 1) replyBox(response, `${endpoint}/b1`);
  });
  server.on('upgrade', ({ url = '' }, socket) => {
    arrived.push(`upgrade ${url}`);
    socket.on('error', () => undefined);
    leftovers.push(() => socket.destroy());
  });
  onTestFinished(() => leftovers.forEach((destroy) => destroy()));
  const sandbox = await official.getSandbox('mine');
  await getBox(ours, 'mine');
  const abort = new AbortController();
  const options = { signal: abort.signal };
  const theirs: Record<string, Promise<unknown>> = {};
  const mine: Record<string, Promise<unknown>> = {};
  for (const [name, [officially, our]] of Object.entries(calls)) {
    theirs[name] = officially(official as never, sandbox as never, options);
    mine[name] = our(ours, options);
  }
  const names = Object.keys(calls);
  const [theirOrder, order] = [settled(theirs), settled(mine)];
  await expect.poll(() => arrived.length).toBe(2 + 2 * names.length);
  expect(order).toEqual([]);
  expect((await settledByAbort(abort, 'changed my mind', order)).sort()).toEqual([...names].sort());
  for (const call of Object.values(mine)) await expect(call).rejects.toBe('changed my mind');
  await laterEvent();
  expect(theirOrder).toEqual([]);
});
