import { describe, expect, it } from 'vitest';
import { startBox } from '../../../../src/api/boxes';
import { streamCommand } from '../../../../src/api/commands/stream-command';
import { pollDelay, waitForBox, waitForSnapshot } from '../../../../src/api/wait';
import { reply } from '../scripted-server';
import { stopClock } from '../stopped-clock';
import { bothSides, everyOne, replyBox, unattended } from './sides';

describe('B, latency', { timeout: 20_000 }, () => {
  it('B1 a snapshot that is ready soon is noticed before the official SDK looks a second time', async () => {
    let status = 'building';
    const { official, ours, seenOfOfficial } = await bothSides((response) => {
      reply(response, 200, { id: 's1', name: 's', status, fs_capacity_bytes: 1 });
    });
    void unattended(official.waitForSnapshot('s1', { timeout: 5 }));
    await expect.poll(() => seenOfOfficial().length).toBe(1);
    let looks = 0;
    const onUpdate = (): void => {
      if (++looks === 2) status = 'ready';
    };
    await waitForSnapshot(ours, 's1', { timeoutMs: 5_000, onUpdate });
    expect(seenOfOfficial()).toHaveLength(1);
    expect(looks).toBe(3);
  });

  it('B1 a sandbox that is ready soon is noticed then, by the official SDK after a second', async () => {
    let status = 'provisioning';
    const { official, ours, endpoint, seenOfOfficial } = await bothSides((response, { url }) => {
      if (url.endsWith('/status')) reply(response, 200, { status });
      else replyBox(response, `${endpoint}/b1`);
    });
    const clock = stopClock();
    const order: string[] = [];
    void official.waitForSandbox('mine').then(() => order.push('official'));
    let looks = 0;
    void waitForBox(ours, 'mine', { timeoutMs: 60_000, onUpdate: () => looks++ }).then(() =>
      order.push('ours'),
    );
    const sleepsLong = (): boolean => clock.timers.some((ms) => ms >= 900 && ms <= 1_100);
    const [first, second] = [pollDelay(0), pollDelay(1)];
    await clock.until(() => [looks, clock.timers.includes(first), sleepsLong()], [1, true, true]);
    clock.advance(first);
    await clock.until(() => [looks, clock.timers.includes(second)], [2, true]);
    status = 'ready';
    clock.advance(Math.ceil(second));
    await clock.until(() => order, ['ours']);
    expect(looks).toBe(3);
    expect(seenOfOfficial()).toHaveLength(1);
    clock.advance(1_100);
    await clock.until(() => order, ['ours', 'official']);
  });

  it('B2 a start gives what its reply says, the official SDK asks two times more', async () => {
    const { official, ours, seenOfOfficial, seenOfOurs } = await bothSides((response) =>
      replyBox(response, 'http://127.0.0.1/b1'),
    );
    await official.startSandbox('mine');
    expect(await startBox(ours, 'mine')).toMatchObject({ status: 'ready' });
    expect(seenOfOfficial()).toHaveLength(3);
    expect(seenOfOurs()).toHaveLength(1);
  });

  it('B3 short commands share connections over events, the official SDK opens one for each', async () => {
    const upgrades: string[] = [];
    const { official, ours, endpoint, server } = await bothSides((response, { url }) => {
      if (url.endsWith('/start')) response.end('event: exit\ndata: {"exit_code":0}\n\n');
      else replyBox(response, `${endpoint}/b1`);
    });
    let connections = 0;
    server.on('connection', () => connections++);
    server.on('upgrade', (request, socket) => {
      upgrades.push(request.url ?? '');
      socket.end('HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n');
    });
    const sandbox = await official.getSandbox('mine');
    const commands = ['one', 'two', 'three', 'four'];
    for (const command of commands) await sandbox.run(command).catch(() => undefined);
    expect(upgrades).toHaveLength(commands.length);
    const before = connections;
    for (const command of commands) await everyOne(streamCommand(ours, { id: 'b1' }, { command }));
    expect(connections - before).toBeLessThan(commands.length);
  });
});
