import { invalidField } from '../failure';
import type { BoxRecord } from '../store/boxes';

const gibibyte = 1024 ** 3;
const mostPersistent = 64;
/** Of a sandbox that is not persistent. */
const mostFleeting = 256;
const mostPerCpu = 16;

/**
 * Throws 422 for more room than the wire gives such a sandbox. ASSUMED: one without a CPU limit may have the most, since
 * it may use all CPUs.
 */
export function refuseLargeCapacity(
  { persistent, cpu_millicores }: Pick<BoxRecord, 'persistent' | 'cpu_millicores'>,
  capacity: number | undefined,
): void {
  const forCpus = cpu_millicores === null ? mostFleeting : (mostPerCpu * cpu_millicores) / 1000;
  const most = Math.floor((persistent ? mostPersistent : Math.min(mostFleeting, forCpus)) * gibibyte);
  if (capacity === undefined || capacity <= most) return;
  const reason = persistent
    ? ''
    : `: ${mostPerCpu} GiB for each CPU of a sandbox that is not persistent, and ${mostFleeting} GiB in all`;
  throw invalidField('fs_capacity_bytes', `fs_capacity_bytes must be at most ${most}${reason}.`);
}
