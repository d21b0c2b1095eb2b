import { settlesWithin } from './abort';
import type { Lifecycle } from './lifecycle';
import type { BoxProcess } from './start-process';

const pidPatienceMs = 3000;
const killLimitMs = 10_000;
const killScript = 'kill -KILL -- "-$1" 2>/dev/null || kill -KILL "$1"';

/**
 * Kills a process and everything in its group, and lets go of its streams. True when it was killed: a process in an
 * image without a shell goes on, and so does one whose engine no longer answers. Never rejects.
 */
export async function killGroup({ engine, log }: Lifecycle, process: BoxProcess): Promise<boolean> {
  const known = process.announces && (await settlesWithin(process.stderr.pid, pidPatienceMs));
  const pid = known ? await process.stderr.pid : undefined;
  try {
    if (pid === undefined) return false;
    const command = ['/bin/sh', '-c', killScript, 'sh', String(pid)];
    const signal = AbortSignal.timeout(killLimitMs);
    const kill = await engine.exec(process.container, { command, user: '0' }, signal);
    kill.stdout.resume();
    kill.stderr.resume();
    return (await kill.exitCode) === 0;
  } catch (error) {
    log.error(`could not kill process ${pid ?? '?'} in ${process.container}: ${String(error)}`);
    return false;
  } finally {
    process.letGo();
  }
}
