import { ProgressLocation, window } from 'vscode';
import type { Outcome, Run, Step } from '../app/outcome';
import { stepText } from './words/steps';

/** What is over sooner shows no notification. */
const graceMs = 400;
const tickMs = 1_000;

/**
 * Runs a use case under one notification: title, step and elapsed time, with a Cancel that aborts the signal.
 * The title is a sentence without its full stop, such as `Building snapshot python`; `startedAt` is in epoch milliseconds.
 */
export async function withProgress<T, Left>(
  title: string,
  startedAt: number,
  work: (run: Run) => Promise<Outcome<T, Left>>,
): Promise<Outcome<T, Left>> {
  const controller = new AbortController();
  let step: Step = { kind: 'asking' };
  const outcome = work({ signal: controller.signal, onStep: (next) => (step = next) });
  if (await settlesWithin(outcome, graceMs)) return outcome;
  return window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const cancelling = token.onCancellationRequested(() => controller.abort());
      const show = (): void => progress.report({ message: stepText(step, Date.now() - startedAt) });
      show();
      const timer = setInterval(show, tickMs);
      try {
        return await outcome;
      } finally {
        clearInterval(timer);
        cancelling.dispose();
      }
    },
  );
}

function settlesWithin(promise: Promise<unknown>, ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    const settled = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    promise.then(settled, settled);
  });
}
