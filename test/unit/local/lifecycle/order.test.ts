import { describe, expect, it } from 'vitest';
import { createSlots } from '../../../../src/local/lifecycle/slots';
import { createTasks, TaskEnded, wasDeleted } from '../../../../src/local/lifecycle/tasks';
import { createTurns } from '../../../../src/local/lifecycle/turns';

const never = new AbortController().signal;

function gate(): { opened: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}

/** Lets everything happen that waits for nothing. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('at one key come one after the other, at another at once', async () => {
    const turns = createTurns();
    const first = gate();
    const seen: string[] = [];
    const all = [
      turns.run('a', never, async () => {
        seen.push('a1');
        await first.opened;
      }),
      turns.run('a', never, () => Promise.resolve(seen.push('a2'))),
      turns.run('b', never, () => Promise.resolve(seen.push('b1'))),
    ];
    await settle();
    expect(seen).toEqual(['a1', 'b1']);
    first.open();
    await Promise.all(all);
    expect(seen).toEqual(['a1', 'b1', 'a2']);
  });

  it('go on after one that failed, and without one that gave up waiting', async () => {
    const turns = createTurns();
    const first = gate();
    const failing = turns.run('a', never, async () => {
      await first.opened;
      throw new Error('on purpose');
    });
    const impatient = new AbortController();
    const gaveUp = turns.run('a', impatient.signal, () => Promise.resolve('ran'));
    const last = turns.run('a', never, () => Promise.resolve('ran'));
    impatient.abort(new Error('too long'));
    await expect(gaveUp).rejects.toThrow('too long');
    first.open();
    await expect(failing).rejects.toThrow('on purpose');
    expect(await last).toBe('ran');
  });

  it('tell whether a key was quiet since a moment', async () => {
    const turns = createTurns();
    const before = turns.moment();
    const work = gate();
    const running = turns.run('a', never, () => work.opened);
    expect(turns.quietSince('a', before)).toBe(false);
    expect(turns.quietSince('b', before)).toBe(true);
    work.open();
    await running;
    expect(turns.quietSince('a', before)).toBe(false);
    expect(turns.quietSince('a', turns.moment())).toBe(true);
  });
});

it('turns still know that an old key was quiet when many have ended since', async () => {
  const turns = createTurns();
  const work = (): Promise<void> => Promise.resolve();
  await turns.run('old', never, work);
  const before = turns.moment();
  await turns.run('during', never, work);
  for (let key = 0; key < 900; key += 1) await turns.run(String(key), never, work);
  expect([turns.quietSince('old', before), turns.quietSince('during', before)]).toEqual([true, false]);
  for (let key = 900; key < 1900; key += 1) await turns.run(String(key), never, work);
  expect(turns.quietSince('during', before)).toBe(false);
});

describe('slots', () => {
  it('let so many work at a time, and a waiting one give up', async () => {
    const slots = createSlots(2);
    const gates = [gate(), gate()];
    const started: number[] = [];
    const all = gates.map(({ opened }, number) =>
      slots.run(never, () => {
        started.push(number);
        return opened;
      }),
    );
    const impatient = new AbortController();
    const gaveUp = slots.run(impatient.signal, () => Promise.resolve());
    const third = slots.run(never, () => Promise.resolve(started.push(2)));
    await settle();
    expect(started).toEqual([0, 1]);
    impatient.abort(new Error('too long'));
    await expect(gaveUp).rejects.toThrow('too long');
    gates[0]?.open();
    await third;
    expect(started).toEqual([0, 1, 2]);
    gates[1]?.open();
    await Promise.all(all);
  });
});

describe('tasks', () => {
  const lines: string[] = [];
  const log = { info: () => undefined, error: (line: string) => void lines.push(line) };

  it('are told why they end, and waited for', async () => {
    const tasks = createTasks(log);
    let reason: unknown;
    void tasks.start('a', 'long', async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      reason = signal.reason;
      expect(wasDeleted(signal)).toBe(true);
    });
    await settle();
    expect([tasks.running('a'), tasks.count]).toEqual([true, 1]);
    await tasks.cancel('a');
    expect(reason).toBeInstanceOf(TaskEnded);
    expect([tasks.running('a'), tasks.count]).toEqual([false, 0]);
  });

  it('that throw are logged, and count as ended', async () => {
    const tasks = createTasks(log);
    await tasks.start('b', 'short', () => Promise.reject(new Error('on purpose')));
    expect(lines).toEqual(['b: Error: on purpose']);
    await tasks.ended('b');
  });

  it('that are short may finish when the server stops; long ones are ended', async () => {
    const tasks = createTasks(log);
    const finished: string[] = [];
    const short = gate();
    void tasks.start('short', 'short', async (signal) => {
      await short.opened;
      finished.push(`short ${signal.aborted}`);
    });
    void tasks.start('long', 'long', async (signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      finished.push('long');
      short.open();
    });
    await settle();
    await tasks.close(5000);
    expect(finished).toEqual(['long', 'short false']);
  });
});
