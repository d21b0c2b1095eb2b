import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { waitFor } from './wait.mjs';

/**
 * A mark that a process and all that it starts, however detached, carry in their environment. Linux only: elsewhere
 * nobody is found by it.
 * @param {string} variable
 * @returns {{ env: Record<string, string>, end(graceMs: number): Promise<string[]> }} start programs with `env`; `end`
 *   asks those that still run to end, kills what has not after `graceMs`, and gives the command lines of all of them
 */
export function processMark(variable) {
  const value = randomUUID();
  const line = `${variable}=${value}`;
  return { env: { [variable]: value }, end: (graceMs) => end(line, graceMs) };
}

async function end(line, graceMs) {
  const found = await carriers(line);
  for (const { pid } of found) signal(pid, 'SIGTERM');
  const gone = async () => ((await carriers(line)).length === 0 ? true : undefined);
  await waitFor(gone, { what: 'processes to end', timeoutMs: graceMs }).catch(() => {});
  for (const { pid } of await carriers(line)) signal(pid, 'SIGKILL');
  return found.map(({ pid, command }) => `${pid} ${command}`);
}

async function carriers(line) {
  const found = [];
  for (const pid of await readdir('/proc').catch(() => [])) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (Number(pid) === process.pid || !environment.split('\0').includes(line)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    found.push({ pid: Number(pid), command: command.replaceAll('\0', ' ') });
  }
  return found;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}
