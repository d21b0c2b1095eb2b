import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { boundToParent } from './bound-to-parent.mjs';

/**
 * Ends a program and everything in its process group: asks, then after `graceMs` kills.
 * @param {import('node:child_process').ChildProcess} child started with `detached: true`
 * @param {number} [graceMs]
 */
export async function killTree(child, graceMs = 10_000) {
  if (child.pid === undefined) return;
  const ended = child.exitCode !== null || child.signalCode !== null;
  const gone = ended ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve));
  if (!ended) signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(child.pid, 'SIGKILL'), graceMs);
  await gone;
  clearTimeout(timer);
  signalGroup(child.pid, 'SIGKILL');
}

function signalGroup(pid, name) {
  try {
    process.kill(-pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/**
 * Starts a program that runs until it is stopped. On Linux the kernel ends it with this process, even after SIGKILL.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, logFile: string }} options stdout and stderr go to `logFile`, which is begun anew
 * @returns {{ pid: number, exited: boolean, ended: Promise<void>, log(): string, stop(): Promise<void> }}
 */
export function startService(command, args, { env, cwd, logFile }) {
  const log = openSync(logFile, 'w');
  const [program, all] = boundToParent(command, args);
  const child = spawn(program, all, { env, cwd, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  let startError;
  const ended = new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', (error) => resolve((startError = error)));
  });
  return {
    pid: child.pid,
    get exited() {
      return startError !== undefined || child.exitCode !== null || child.signalCode !== null;
    },
    ended,
    log: () => startError?.message ?? readFileSync(logFile, 'utf8'),
    stop: () => killTree(child),
  };
}
