import { describe, expect, it } from 'vitest';
import { getBox } from '../../../../src/api/boxes';
import { scopedBox } from '../../../../src/api/scoped-box';
import { waitForBox } from '../../../../src/api/wait';
import { reply } from '../scripted-server';
import { bothSides, laterEvent, replyBox, settled } from './sides';

describe('C, cancellation and timeouts', { timeout: 20_000 }, () => {
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
