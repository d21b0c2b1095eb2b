import { describe, expect, it } from 'vitest';
import { deleteBox, getBox, listBoxes, stopBox, updateBox } from '../../../../src/api/boxes';
import { download } from '../../../../src/api/files';
import { statFile } from '../../../../src/api/files/read-file';
import { glob } from '../../../../src/api/files/search';
import { startCommand } from '../../../../src/api/commands/command';
import { scopedBox } from '../../../../src/api/scoped-box';
import { deleteSnapshot } from '../../../../src/api/snapshots';
import type { Transport } from '../../../../src/api/transport';
import { waitForBox } from '../../../../src/api/wait';
import { reply } from '../scripted-server';
import { bothSides, laterEvent, replyBox, settled, unattended } from './sides';

const box = { id: 'b1' };

describe('C, cancellation and timeouts', { timeout: 20_000 }, () => {
  it('C every call ends with its signal, the official SDK’s take none', async () => {
    const { official, ours, endpoint, seenOfOfficial, seenOfOurs } = await bothSides((response, _, count) => {
      if (count === 1) replyBox(response, `${endpoint}/b1`);
    });
    const sandbox = await official.getSandbox('mine');
    await getBox(ours, 'mine');
    const abort = new AbortController();
    const { signal } = abort;
    const calls: ((transport: Transport) => Promise<unknown>)[] = [
      (transport) => updateBox(transport, 'b1', { name: 'x' }, { signal }),
      (transport) => deleteBox(transport, 'b1', { signal }),
      (transport) => listBoxes(transport, {}, { signal }),
      (transport) => stopBox(transport, 'b1', { signal }),
      (transport) => deleteSnapshot(transport, 's1', { signal }),
      (transport) => download(transport, box, '/f', { signal }),
      (transport) => statFile(transport, box, '/f', { signal }),
      (transport) => glob(transport, box, { pattern: '*', path: '/' }, { signal }),
      (transport) => startCommand(transport, box, { command: 'x' }, { signal }).exited(),
    ];
    const mine = calls.map((call) => unattended(call(ours)));
    const theirs = settled({
      // A signal given nevertheless is not looked at.
      update: official.updateSandbox('b1', { newName: 'x', signal } as { newName: string }),
      delete: (official.deleteSandbox as (name: string, options: object) => Promise<void>).call(
        official,
        'b1',
        { signal },
      ),
      read: (sandbox.read as (path: string, timeout: number, options: object) => Promise<unknown>).call(
        sandbox,
        '/f',
        60,
        { signal },
      ),
    });
    await expect.poll(() => [seenOfOfficial().length, seenOfOurs().length]).toEqual([4, calls.length + 1]);
    abort.abort('changed my mind');
    for (const call of mine) await expect(call).rejects.toBe('changed my mind');
    await laterEvent();
    expect(theirs).toEqual([]);
  });

  it('C a call to a server that hangs ends by its timeout, the official SDK’s is never looked at', async () => {
    const { official, ours } = await bothSides(() => undefined);
    Object.assign(official, { timeoutMs: 50 });
    const theirs = settled({ official: official.getSandbox('b1') });
    await expect(getBox(ours, 'b1', { timeoutMs: 50 })).rejects.toMatchObject({ kind: 'deadline' });
    await laterEvent();
    expect(theirs).toEqual([]);
  });

  it('C a wait for a server that hangs ends, the official SDK’s does not', async () => {
    const { official, ours } = await bothSides(() => undefined);
    const theirs = settled({ official: official.waitForSandbox('b1', { timeout: 0.05 }) });
    await expect(waitForBox(ours, 'b1', { timeoutMs: 50 })).rejects.toMatchObject({ kind: 'deadline' });
    expect(theirs).toEqual([]);
  });

  it('C a sandbox with a scope is deleted on a throw, the official SDK’s stays', async () => {
    const { official, ours, endpoint, seenOfOfficial, seenOfOurs } = await bothSides(
      (response, { method }) => {
        if (method === 'DELETE') response.writeHead(204).end();
        else replyBox(response, `${endpoint}/b1`);
      },
    );
    const sandbox = await official.createSandbox('s1');
    expect(Symbol.asyncDispose in sandbox).toBe(false);
    const work = async (): Promise<void> => {
      await using scoped = await scopedBox(ours, { snapshot_id: 's1' });
      throw new Error(`work in ${scoped.box.name} failed`);
    };
    await expect(work()).rejects.toThrow('work in mine failed');
    expect(seenOfOfficial().map(({ method }) => method)).toEqual(['POST']);
    expect(seenOfOurs().map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /api/v2/sandboxes/boxes',
      'DELETE /api/v2/sandboxes/boxes/b1',
    ]);
  });

  it('C a sandbox that never gets ready is deleted, unless its name may be another’s', async () => {
    const { ours, seenOfOurs } = await bothSides((response, { method, url }) => {
      if (url.endsWith('/status')) reply(response, 200, { status: 'failed', status_message: 'no disk' });
      else if (method === 'DELETE') response.writeHead(204).end();
      else if (seenOfOurs().length > 3) reply(response, 409, { detail: 'taken' });
      else reply(response, 201, { id: 'b1', name: 'x', status: 'provisioning' });
    });
    await expect(scopedBox(ours, { snapshot_id: 's1' })).rejects.toThrow('no disk');
    expect(seenOfOurs().at(-1)).toMatchObject({ method: 'DELETE', url: '/api/v2/sandboxes/boxes/b1' });
    await expect(scopedBox(ours, { name: 'x' })).rejects.toMatchObject({ kind: 'conflict' });
    expect(seenOfOurs().at(-1)?.method).toBe('POST');
  });
});
