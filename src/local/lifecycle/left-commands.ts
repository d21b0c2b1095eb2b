import { allBoxes } from '../store/boxes';
import { markName, serverRun } from './command-mark';
import { containerName } from './engine-names';
import type { Lifecycle } from './lifecycle';
import { runAsRoot } from './run-as-root';
import { createSlots } from './slots';

const limitMs = 20_000;
/** Sandboxes looked into at a time. */
const atATime = 4;
/** Kills the group of each process that bears its own pid in the mark of another run of the server. */
const script = `
for folder in /proc/[0-9]*; do
  pid=\${folder#/proc/}
  mark=$(tr '\\0' '\\n' 2>/dev/null <"$folder/environ" | grep "^${markName}=[0-9a-f]*\\.$pid\\$")
  case "$mark" in
    "" | "${markName}=$1."*) ;;
    *) kill -KILL -- "-$pid" && echo "$pid" ;;
  esac
done`;

/**
 * Kills the commands that an earlier server left in running sandboxes: nobody can attach to them any more. Those of an
 * image without a shell go on. What fails is logged. Never rejects.
 */
export async function endLeftCommands(lifecycle: Lifecycle): Promise<void> {
  const slots = createSlots(atATime);
  const running = allBoxes(lifecycle.database).filter(({ status }) => status === 'ready');
  const unlimited = new AbortController().signal;
  await Promise.all(running.map(({ id }) => slots.run(unlimited, () => endIn(lifecycle, containerName(id)))));
}

async function endIn({ engine, log }: Lifecycle, container: string): Promise<void> {
  try {
    const command = ['/bin/sh', '-c', script, 'sh', serverRun];
    const { stdout: killed } = await runAsRoot(engine, container, command, limitMs);
    if (killed !== '') log.info(`killed what an earlier server left in ${container}: ${killed}`);
  } catch (error) {
    log.error(`could not look for commands that an earlier server left in ${container}: ${String(error)}`);
  }
}
