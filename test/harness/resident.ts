import { readFile, writeFile } from 'node:fs/promises';

const megabyte = 1024 * 1024;

/**
 * From now on, how many megabytes more a process of this machine has in RAM at its peak. Nothing is sampled: the kernel
 * keeps the peak. For Linux.
 */
export async function peakOf(pid: number): Promise<() => Promise<number>> {
  await writeFile(`/proc/${pid}/clear_refs`, '5'); // The peak so far counts no more: proc(5).
  const before = await held(pid, 'VmRSS');
  return async () => Math.round(((await held(pid, 'VmHWM')) - before) / megabyte);
}

async function held(pid: number, fact: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${fact}:\\s+(\\d+) kB`, 'm').exec(status)?.[1];
  if (kilobytes === undefined) throw new Error(`/proc/${pid}/status tells no ${fact}.`);
  return Number(kilobytes) * 1024;
}
