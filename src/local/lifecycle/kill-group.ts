import { settlesWithin } from '../abort';
import type { Lifecycle } from './lifecycle';
import { lead } from './lead';
import type { BoxProcess } from './start-process';

/** Under load the pid may come long after the output that it stands before. */
const pidPatienceMs = 10_000;
const killLimitMs = 20_000;

/**
 * Kills a process and everything in its group. True when none of it runs any more; it goes on when the engine does not
 * answer. Never rejects.
 */
export async function killGroup(lifecycle: Lifecycle, process: BoxProcess): Promise<boolean> {
  const pid = await pidOf(process);
  return pid !== undefined && (await kill(lifecycle, process.container, pid));
}

/** The same, and lets go of its streams: not before, as Docker tells a process to end whose reader goes away. */
export async function endGroup(lifecycle: Lifecycle, process: BoxProcess): Promise<boolean> {
  try {
    return await killGroup(lifecycle, process);
  } finally {
    process.letGo();
  }
}

async function pidOf({ pid }: BoxProcess): Promise<number | undefined> {
  return (await settlesWithin(pid, pidPatienceMs)) ? pid : undefined;
}

async function kill({ engine, log }: Lifecycle, container: string, pid: number): Promise<boolean> {
  try {
    const { code, stderr } = await lead(engine, container, ['kill', String(pid)], killLimitMs);
    if (code !== 0) log.error(`could not kill process ${pid} in ${container}: ${code} ${stderr}`);
    return code === 0;
  } catch (error) {
    log.error(`could not kill process ${pid} in ${container}: ${String(error)}`);
    return false;
  }
}
