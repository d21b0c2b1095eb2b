import { Readable } from 'node:stream';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Engine } from '../../../../src/local/engine/engine';
import type { ExecSpec, ExecStream } from '../../../../src/local/engine/exec-shapes';
import { runAsRoot } from '../../../../src/local/lifecycle/run-as-root';

const limitMs = 20_000;

/** An engine that keeps a process waiting for a capture, and gives it once that is written. */
function capturing(exitCode: Promise<number>) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let written = (): void => undefined;
  const capture = new Promise<void>((resolve) => (written = resolve));
  const exec = async (_: string, spec: ExecSpec, signal: AbortSignal): Promise<Partial<ExecStream>> => {
    await capture;
    signal.throwIfAborted();
    spec.begins?.();
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    const ended = Promise.race([exitCode, aborted]);
    ended.catch(() => undefined);
    return { exitCode: ended, stdout: Readable.from([Buffer.from('out\n')]), stderr: Readable.from([]) };
  };
  return { engine: { exec } as unknown as Engine, written };
}

it('what kills a command waits for a capture for longer than it may run', async () => {
  const { engine, written } = capturing(Promise.resolve(0));
  const killed = runAsRoot(engine, 'box', ['kill'], limitMs);
  await vi.advanceTimersByTimeAsync(limitMs * 30);
  written();
  expect(await killed).toEqual({ code: 0, stdout: 'out', stderr: '' });
});

it('what kills a command is given up when it does not end in its time, which begins after a capture', async () => {
  const { engine, written } = capturing(new Promise(() => undefined));
  let end: string | undefined;
  const killed = runAsRoot(engine, 'box', ['kill'], limitMs).catch((error: unknown) => (end = String(error)));
  await vi.advanceTimersByTimeAsync(limitMs * 30);
  written();
  await vi.advanceTimersByTimeAsync(limitMs - 1);
  expect(end).toBeUndefined();
  await vi.advanceTimersByTimeAsync(2);
  await killed;
  expect(end).toContain('It did not end within 20 s.');
});
