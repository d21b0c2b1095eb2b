import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { randomUUID } from 'node:crypto';

/**
 * Who uses a shared engine: one file for each user, named by nothing, holding `pid startTime`. A file whose process
 * is gone (or whose pid belongs to a later process) counts for nothing. Callers hold the engine's lock.
 */

/** @param {string} folder exists @returns {Promise<string>} the lease of this process: hand it to `dropLease` */
export async function takeLease(folder) {
  const lease = path.join(folder, randomUUID());
  await writeFile(lease, `${process.pid} ${await startTime(process.pid)}`);
  return lease;
}

/** @param {string} lease */
export async function dropLease(lease) {
  await rm(lease, { force: true });
}

/** Removes the leases of processes that are gone. @returns {Promise<number>} how many are left */
export async function liveLeases(folder) {
  let live = 0;
  for (const name of await readdir(folder).catch(() => [])) {
    const file = path.join(folder, name);
    const [pid, since] = (await readFile(file, 'utf8')).split(' ');
    if (since && (await startTime(pid)) === since) live += 1;
    else await rm(file, { force: true });
  }
  return live;
}

/** Clock ticks since boot, field 22 of proc(5) `stat`: with the pid it names one process for ever. */
export async function startTime(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return !fields || fields[0] === 'Z' ? undefined : fields[19];
}
