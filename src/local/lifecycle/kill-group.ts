import { settlesWithin } from '../abort';
import type { Lifecycle } from './lifecycle';
import { runAsRoot } from './run-as-root';
import type { BoxProcess } from './start-process';

/** Under load the pid may come long after the output that it stands before. */
const pidPatienceMs = 10_000;
const killLimitMs = 20_000;
/** A group that is gone already needs no killing. */
const killScript = 'kill -KILL -- "-$1" 2>/dev/null || ! kill -0 -- "-$1" 2>/dev/null';

/**
 * Kills a process and everything in its group. True when none of it runs any more; it goes on in an image without a
 * shell, and when the engine does not answer. Never rejects.
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

async function pidOf({ announces, pid }: BoxProcess): Promise<number | undefined> {
  const isKnown = announces && (await settlesWithin(pid, pidPatienceMs));
  return isKnown ? pid : undefined;
}

async function kill({ engine, log }: Lifecycle, container: string, pid: number): Promise<boolean> {
  try {
    const command = ['/bin/sh', '-c', killScript, 'sh', String(pid)];
    const { code, stderr } = await runAsRoot(engine, container, command, killLimitMs);
    if (code !== 0) log.error(`could not kill process ${pid} in ${container}: ${code} ${stderr}`);
    return code === 0;
  } catch (error) {
    log.error(`could not kill process ${pid} in ${container}: ${String(error)}`);
    return false;
  }
}
