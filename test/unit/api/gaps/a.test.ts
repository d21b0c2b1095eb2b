import { describe, expect, it } from 'vitest';
import { createBox } from '../../../../src/api/boxes';
import { execute } from '../../../../src/api/commands';
import { attachCommand, startCommand } from '../../../../src/api/commands/command';
import { runCommand } from '../../../../src/api/commands/run-command';
import { streamCommand } from '../../../../src/api/commands/stream-command';
import { reply } from '../scripted-server';
import { scriptedSockets, type SocketScript } from '../scripted-sockets';
import { bothSides, everyOne, officialSockets, replyBox, settled, unattended, roundTrip } from './sides';

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

describe('A, correctness of commands', { timeout: 20_000 }, () => {
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

  it('A1 nothing that was asked for is dropped without WebSockets, the official SDK drops five options silently', async () => {
    const { official, ours, endpoint, server, seenOfOfficial, seenOfOurs } = await bothSides(
      (response, { url }) => {
        if (url.endsWith('/start')) response.end('event: exit\ndata: {"exit_code":0}\n\n');
        else if (url.endsWith('/execute')) reply(response, 200, { stdout: '', stderr: '', exit_code: 0 });
        else replyBox(response, `${endpoint}/b1`);
      },
    );
    server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 501 None\r\ncontent-length: 0\r\n\r\n'));
    const sandbox = await official.getSandbox('b1');
    Object.assign(sandbox, { _wsAvailable: () => Promise.resolve(false) });
    const options = { commandId: 'c1', idleTimeout: 5, ttlSeconds: 6, pty: true, closeInput: false };
    await sandbox.run('sh', options);
    const usual = { command: 'sh', timeout: 60, shell: '/bin/bash' };
    expect(JSON.parse(seenOfOfficial().at(-1)!.body)).toEqual(usual);

    const lasting = { command_id: 'c1', idle_timeout_seconds: 5, ttl_seconds: 6 };
    await everyOne(streamCommand(ours, { id: 'b1' }, { command: 'sh', ...lasting }));
    expect(JSON.parse(seenOfOurs()[0]!.body)).toEqual({ command: 'sh', ...lasting });
    // A terminal and input need a WebSocket: where there is none, that is said.
    await expect(startCommand(ours, { id: 'b1' }, { pty: true }).exited()).rejects.toMatchObject({
      status: 501,
    });
    expect(seenOfOurs()).toHaveLength(1);
  });

  it('A2 a creation whose answer is lost makes one sandbox, the official SDK’s asks for another', async () => {
    const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response, { method }) => {
      const created_at = new Date().toISOString();
      if (method === 'POST') response.destroy();
      else reply(response, 200, { id: 'b1', name: 'x', status: 'ready', created_at, snapshot_id: 's1' });
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
});
