import { Langsmith } from 'langsmith';
import { describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { createBox, getBox } from '../../../../src/api/boxes';
import { execute } from '../../../../src/api/commands';
import { attachCommand, startCommand } from '../../../../src/api/commands/command';
import { runCommand } from '../../../../src/api/commands/run-command';
import { createRegistry } from '../../../../src/api/registries';
import { getSnapshot } from '../../../../src/api/snapshots';
import { allCosts } from '../../../../src/api/usage';
import { waitForBox } from '../../../../src/api/wait';
import { reply } from '../scripted-server';
import { scriptedSockets, type SocketScript } from '../scripted-sockets';
import { bothSides, everyOne, laterEvent, officialSockets, settled, unattended } from './sides';

/** Long enough to act while the connection is down. */
const soon = { mostTries: 5, budgetMs: 10_000, firstPauseMs: 100 };

/** The first connection breaks once the command has started; a kill ends it, and so does the end of input. */
const breaksOnce = (): SocketScript => ({
  onFrame: ({ socket, say }, { type, command_id, connection }) => {
    if (type === 'execute' || type === 'reconnect') say({ type: 'started', command_id, pid: 1 });
    if (type === 'execute' && connection === 1) socket.close(1011);
    if (type === 'kill') say({ type: 'exit', exit_code: 137 });
    if (type === 'close_stdin') say({ type: 'exit', exit_code: 0 });
  },
});

/** When its answer is here, so is all that the client had sent before. */
async function roundTrip(socket: WebSocket): Promise<void> {
  await new Promise((resolve) => socket.once('pong', resolve).ping());
}

describe('A, correctness', { timeout: 20_000 }, () => {
  it('A1 a command whose answer is lost runs once, the official SDK’s runs again', async () => {
    const { official, ours, endpoint, seenOfOfficial, seenOfOurs } = await bothSides(
      (response, { method }) => {
        if (method === 'GET') {
          reply(response, 200, { id: 'b1', name: 'b1', status: 'ready', dataplane_url: `${endpoint}/b1` });
        } else response.destroy();
      },
    );
    const sandbox = await official.getSandbox('b1');
    // As where the package `ws` is not installed.
    Object.assign(sandbox, { _wsAvailable: () => Promise.resolve(false) });
    void unattended(sandbox.run('echo once'));
    await expect(execute(ours, { id: 'b1' }, { command: 'echo once' })).rejects.toMatchObject({
      kind: 'ambiguous',
    });
    const posts = () => seenOfOfficial().filter(({ method }) => method === 'POST');
    await expect.poll(() => posts().length, { timeout: 15_000 }).toBeGreaterThan(1);
    expect(seenOfOurs()).toHaveLength(1);
  });

  it('A2 a creation whose answer is lost makes one sandbox, the official SDK’s asks for another', async () => {
    const made = new Date().toISOString();
    const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response, { method }) => {
      if (method === 'POST') response.destroy();
      else
        reply(response, 200, { id: 'b1', name: 'x', status: 'ready', created_at: made, snapshot_id: 's1' });
    });
    void unattended(official.createSandbox('s1'));
    expect(await createBox(ours, { snapshot_id: 's1' })).toMatchObject({ id: 'b1' });
    await expect.poll(() => seenOfOfficial().length, { timeout: 15_000 }).toBeGreaterThan(1);
    expect(seenOfOfficial().map(({ method }) => method)).toEqual(['POST', 'POST']);
    expect(seenOfOurs().map(({ method }) => method)).toEqual(['POST', 'GET']);
  });

  it('A3 kill while the socket is down reaches the server, the official SDK’s does not', async () => {
    const theirs = await officialSockets(breaksOnce());
    const handle = await theirs.sandbox.run('sleep 1000', { wait: false });
    const ended = settled({ official: handle.result });
    await expect.poll(() => theirs.sockets[0]?.readyState).toBe(3);
    handle.kill();

    const { transport, box, sockets, frames } = await scriptedSockets(breaksOnce());
    const command = startCommand(transport, box, { command: 'sleep 1000' }, { persistence: soon });
    await command.started;
    await expect.poll(() => sockets[0]?.readyState).toBe(3);
    expect(await command.kill()).toBe(137);
    expect(frames.at(-1)).toMatchObject({ type: 'kill', connection: 2 });

    // It gives up, or attaches again and says nothing of the kill.
    await expect.poll(() => ended.length + theirs.sockets.length, { timeout: 15_000 }).toBe(2);
    if (theirs.sockets[1]) await roundTrip(theirs.sockets[1]);
    expect(theirs.frames.filter(({ type }) => type === 'kill')).toEqual([]);
  });

  it('A3 kill of a command that was just attached to reaches the server, the official SDK’s does not', async () => {
    const theirs = await officialSockets(breaksOnce());
    const handle = await theirs.sandbox.reconnect('c1');
    handle.kill();
    void unattended(handle.result);
    await expect.poll(() => theirs.frames.length).toBe(1);
    await roundTrip(theirs.sockets[0]!);
    expect(theirs.frames.map(({ type }) => type)).toEqual(['reconnect']);

    const { transport, box, frames } = await scriptedSockets(breaksOnce());
    expect(await attachCommand(transport, box, 'c1').kill()).toBe(137);
    expect(frames.map(({ type }) => type)).toEqual(['reconnect', 'kill']);
  });

  it('A4 input while the socket is down arrives, the official SDK’s does not', async () => {
    const theirs = await officialSockets(breaksOnce());
    const handle = await theirs.sandbox.run('cat', { wait: false, closeInput: false });
    void unattended(handle.result);
    await expect.poll(() => theirs.sockets[0]?.readyState).toBe(3);
    handle.sendInput('precious');
    handle.closeInput();

    const { transport, box, sockets, frames } = await scriptedSockets(breaksOnce());
    const command = startCommand(
      transport,
      box,
      { command: 'cat', close_stdin: false },
      { persistence: soon },
    );
    await command.started;
    await expect.poll(() => sockets[0]?.readyState).toBe(3);
    const written = command.write('precious');
    command.closeInput();
    expect(await command.exited()).toBe(0);
    await written;
    expect(frames.slice(1)).toMatchObject([
      { type: 'reconnect' },
      { type: 'input', data: 'precious' },
      { type: 'close_stdin' },
    ]);

    await expect.poll(() => theirs.frames.length, { timeout: 15_000 }).toBeGreaterThan(1);
    await roundTrip(theirs.sockets[1]!);
    expect(theirs.frames.filter(({ type }) => type === 'input')).toEqual([]);
  });

  it('A5 an abort rejects at once with its reason, the official SDK tries again', async () => {
    const { official, ours, seen } = await bothSides(() => undefined);
    const abort = new AbortController();
    const { signal } = abort;
    const mine = getBox(ours, 'b1', { signal });
    const order = settled({ ours: mine, official: official.getSandbox('b1', { signal }) });
    await expect.poll(() => seen.length).toBe(2);
    abort.abort('changed my mind');
    await expect(mine).rejects.toBe('changed my mind');
    await laterEvent();
    expect(order).toEqual(['ours']);
  });

  it.each([429, 502, 503, 504])('A6 a passing %i is waited out, the official SDK fails', async (status) => {
    const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response, _, count) => {
      if (count === 1) reply(response, status, { detail: 'busy' }, { 'retry-after': '0' });
      else reply(response, 200, { id: 's1', name: 's', status: 'ready', fs_capacity_bytes: 1 });
    });
    await expect(official.getSnapshot('s1')).rejects.toThrow();
    expect(seenOfOfficial()).toHaveLength(1);
    expect(await getSnapshot(ours, 's1')).toMatchObject({ id: 's1' });
    expect(seenOfOurs()).toHaveLength(2);
  });

  it('A7 output goes on at the right byte behind an invalid one, the official SDK loses some', async () => {
    // The command has written ff 62: two bytes, the first of which stands as U+FFFD.
    const script = (): SocketScript => ({
      onFrame: ({ socket, say }, { type, command_id, stdout_offset }) => {
        say({ type: 'started', command_id, pid: 1 });
        if (type === 'execute') {
          say({ type: 'stdout', data: '\uFFFD', offset: 0 });
          socket.close(1001);
          return;
        }
        const rest = ['\uFFFDb', 'b'][Number(stdout_offset)];
        if (rest !== undefined) say({ type: 'stdout', data: rest, offset: stdout_offset });
        say({ type: 'exit', exit_code: 0 });
        socket.close(1000);
      },
    });
    const theirs = await officialSockets(script());
    expect(await theirs.sandbox.run('x')).toMatchObject({ stdout: '\uFFFD' });
    expect(theirs.frames[1]).toMatchObject({ stdout_offset: 3 });
    const { transport, box } = await scriptedSockets(script());
    expect(await runCommand(transport, box, { command: 'x' })).toMatchObject({ stdout: '\uFFFDb' });
  });

  it('A8 a name that is taken is told at once, the official SDK asks again', async () => {
    const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response) =>
      reply(response, 409, { detail: { error: 'Conflict', message: 'the name is taken' } }),
    );
    void unattended(official.registries.create({ name: 'r', url: 'https://r.test' }) as Promise<unknown>);
    await expect(createRegistry(ours, { name: 'r', url: 'https://r.test' })).rejects.toMatchObject({
      kind: 'conflict',
      message: 'the name is taken',
    });
    await expect.poll(() => seenOfOfficial().length, { timeout: 15_000 }).toBeGreaterThan(1);
    expect(seenOfOurs()).toHaveLength(1);
  });

  it('A9 a list goes on over an empty page, the official SDK’s ends there', async () => {
    const { endpoint, ours } = await bothSides((response, { url }) =>
      url.includes('cursor=next')
        ? reply(response, 200, {
            items: [{ resource_id: 'b1', resource_type: 'SANDBOX' }],
            next_cursor: null,
          })
        : reply(response, 200, { items: [], next_cursor: 'next' }),
    );
    const range = { start_time: '2026-01-01T00:00:00Z', end_time: '2026-01-02T00:00:00Z' };
    const generated = new Langsmith({ baseURL: endpoint, apiKey: 'key-of-the-official-sdk' });
    expect(await everyOne(generated.sandboxes.listUsageCosts(range))).toEqual([]);
    expect(await everyOne(allCosts(ours, range))).toMatchObject([{ resource_id: 'b1' }]);
  });

  it.each([408, 504])('A10 a creation that took too long (%i) is a timeout', async (status) => {
    const { official, ours } = await bothSides((response) =>
      reply(response, status, { detail: { error: 'Timeout', message: 'not ready in time' } }),
    );
    const name = status === 408 ? 'LangSmithResourceTimeoutError' : 'LangSmithSandboxError';
    await expect(official.createSandbox('s1')).rejects.toMatchObject({ name });
    await expect(createBox(ours, { snapshot_id: 's1' })).rejects.toMatchObject({ kind: 'timeout', status });
  });

  it('A11 a wait ends when the sandbox has stopped, the official SDK’s goes on', async () => {
    const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response) =>
      reply(response, 200, { status: 'stopped' }),
    );
    void unattended(official.waitForSandbox('b1', { timeout: 5 }));
    await expect(waitForBox(ours, 'b1', { timeoutMs: 5_000 })).rejects.toMatchObject({ status: 'stopped' });
    await expect.poll(() => seenOfOfficial().length, { timeout: 15_000 }).toBeGreaterThan(1);
    expect(seenOfOurs()).toHaveLength(1);
  });
});
