import { settlesWithin } from './abort';
import type { Lifecycle } from './lifecycle';
import type { BoxProcess } from './start-process';

/** Under load the pid may come long after the output that it stands before. */
const pidPatienceMs = 10_000;
const killLimitMs = 20_000;
const killScript = 'kill -KILL -- "-$1" 2>/dev/null || kill -KILL "$1"';

/**
 * Kills a process and everything in its group, and lets go of its streams. True when it was killed; it goes on in an
 * image without a shell, and when the engine does not answer. Never rejects.
 */
export async function killGroup({ engine, log }: Lifecycle, process: BoxProcess): Promise<boolean> {
  const pid = await pidOf(process);
  process.letGo();
  if (pid === undefined) return false;
  try {
    const command = ['/bin/sh', '-c', killScript, 'sh', String(pid)];
    const signal = AbortSignal.timeout(killLimitMs);
    const kill = await engine.exec(process.container, { command, user: '0' }, signal);
    kill.stdout.resume();
    kill.stderr.resume();
    return (await kill.exitCode) === 0;
  } catch (error) {
    log.error(`could not kill process ${pid} in ${process.container}: ${String(error)}`);
    return false;
  }
}

async function pidOf({ announces, stderr }: BoxProcess): Promise<number | undefined> {
  const isKnown = announces && (await settlesWithin(stderr.pid, pidPatienceMs));
  return isKnown ? stderr.pid : undefined;
}
