import { describe, expect, it } from 'vitest';
import { attachCommand } from '../../../../src/api/commands/command';
import { scriptedSockets, type SocketScript } from '../scripted-sockets';
import { stopClock } from '../stopped-clock';
import { officialSockets, settled, unattended } from './sides';

/** Refuses so many tries, and then says that the command has ended. */
function refusing(times: number, headers: Record<string, string> = {}) {
  let tries = 0;
  const script: SocketScript = {
    refuse: (refuse, count) => {
      tries = count;
      return count <= times && refuse(503, { detail: 'busy' }, headers);
    },
    onFrame: ({ say }, { command_id }) => {
      say({ type: 'started', command_id, pid: 1 });
      say({ type: 'exit', exit_code: 3 });
    },
  };
  return { script, tries: () => tries };
}

/** Lets every try hang. */
function hanging() {
  let tries = 0;
  const refuse: SocketScript['refuse'] = (_, count) => {
    tries = count;
    return true;
  };
  return { script: { refuse, onFrame: () => undefined }, tries: () => tries };
}

describe('C, attaching to a command', { timeout: 20_000 }, () => {
  it('C4 an attachment that is refused for a while is tried again when the server says, the official SDK’s sooner', async () => {
    const [one, other] = [refusing(2, { 'retry-after': '7' }), refusing(1, { 'retry-after': '7' })];
    const theirs = await officialSockets(one.script);
    const { transport, box } = await scriptedSockets(other.script);
    const clock = stopClock();
    const exited = attachCommand(transport, box, 'c1').exited();
    const handle = await theirs.sandbox.reconnect('c1');
    void unattended(handle.result);
    await clock.until(() => [7_000, 500].every((ms) => clock.timers.includes(ms)), true);
    clock.advance(6_999);
    await clock.until(one.tries, 2);
    expect(other.tries()).toBe(1);
    clock.advance(1);
    expect(await exited).toBe(3);
    expect(other.tries()).toBe(2);
  });

  it('C4 an attachment has one deadline for all its tries, the official SDK’s has none', async () => {
    const [one, other] = [refusing(6), hanging()];
    const theirs = await officialSockets(one.script);
    const { transport, box } = await scriptedSockets(other.script);
    const clock = stopClock();
    const persistence = { mostTries: 100, budgetMs: 50_000, firstPauseMs: 500 };
    const ours = unattended(attachCommand(transport, box, 'c1', { persistence }).exited());
    await clock.until(other.tries, 1);
    // The first try takes the 30 s that one may take; what is left is the second’s.
    clock.advance(30_000);
    await clock.until(() => clock.timers.some((ms) => ms >= 400 && ms <= 500), true);
    clock.advance(500);
    await clock.until(other.tries, 2);
    clock.advance(19_600);
    await expect(ours).rejects.toMatchObject({ kind: 'deadline' });
    expect(other.tries()).toBe(2);

    const options = { timeout: 50, signal: AbortSignal.timeout(50_000) };
    const handle = await theirs.sandbox.reconnect('c1', options as object);
    const order = settled({ official: handle.result });
    // As if each try took 30 s as well: three minutes, where the SDK’s own budget for connecting is two.
    for (const [index, pauseMs] of [500, 1_000, 2_000, 4_000, 8_000].entries()) {
      await clock.until(() => [one.tries(), clock.timers.includes(pauseMs)], [index + 1, true]);
      expect(order).toEqual([]);
      clock.advance(30_000 + pauseMs);
    }
    await clock.until(() => order, ['official']);
    expect(one.tries()).toBe(6);
  });
});
