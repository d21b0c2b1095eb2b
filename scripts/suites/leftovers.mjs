import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const variable = 'LANGSMITH_SANDBOXES_TEST_RUN';

/**
 * Marks every process that is started from now on, by its environment.
 * @returns {() => Promise<string[]>} ends those that still run and gives their command lines. Linux only: elsewhere none
 */
export function markProcesses() {
  const mark = `${variable}=${randomUUID()}`;
  process.env[variable] = mark.slice(variable.length + 1);
  return async () => {
    if ((await marked(mark)).length > 0) await sleep(1000); // the last ones may be ending just now
    const left = await marked(mark);
    for (const { pid } of left) process.kill(pid, 'SIGKILL');
    return left.map(({ pid, command }) => `${pid} ${command}`);
  };
}

async function marked(mark) {
  const found = [];
  for (const pid of await readdir('/proc').catch(() => [])) {
    const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '');
    if (Number(pid) === process.pid || !environment.split('\0').includes(mark)) continue;
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    found.push({ pid: Number(pid), command: command.replaceAll('\0', ' ') });
  }
  return found;
}
