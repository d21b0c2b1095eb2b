import { spawn } from 'node:child_process';
import { say } from './say.mjs';

/**
 * Does `work` while no other process on the machine holds the same lock.
 * Linux only. The kernel holds the lock for a `flock` process that ends with this one, so a crash leaves no
 * stale lock.
 * @template T
 * @param {string} file made if it isn't there; never removed
 * @param {() => Promise<T>} work
 * @param {{ signal?: AbortSignal, timeoutSeconds?: number }} [options] how long to wait for the other process
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { signal, timeoutSeconds = 600 } = {}) {
  const args = ['--timeout', String(timeoutSeconds), file, 'sh', '-c', 'echo held && exec cat'];
  const holder = spawn('flock', args, { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const ended = new Promise((resolve) => holder.once('exit', resolve));
  const patience = setTimeout(() => say(`waiting for another set-up holding ${file}`), 1000);
  try {
    await held(holder, signal, `Another set-up did not finish in ${timeoutSeconds} s: it holds ${file}.`);
    clearTimeout(patience);
    return await work();
  } finally {
    clearTimeout(patience);
    holder.stdin.end();
    if (holder.pid !== undefined) await ended;
  }
}

/** The signal ends the wait for the lock, not the lock: work that is being stopped still holds it. */
function held(holder, signal, refusal) {
  const giveUp = () => holder.kill();
  signal?.addEventListener('abort', giveUp, { once: true });
  return new Promise((resolve, reject) => {
    holder.once('error', reject);
    holder.stdout.once('data', resolve);
    holder.once('exit', () => reject(signal?.aborted ? signal.reason : new Error(refusal)));
  }).finally(() => signal?.removeEventListener('abort', giveUp));
}
