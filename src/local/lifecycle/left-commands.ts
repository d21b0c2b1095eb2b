import { allBoxes } from '../store/boxes';
import { markName, serverRun } from './command-mark';
import { containerName } from './engine-names';
import { lead } from './lead';
import type { Lifecycle } from './lifecycle';
import { createSlots } from './slots';

const limitMs = 20_000;
/** Sandboxes looked into at a time. */
const atATime = 4;

/**
 * Kills the commands that an earlier server left in running sandboxes: nobody can attach to them any more. What fails is
 * logged. Never rejects.
 */
export async function endLeftCommands(lifecycle: Lifecycle): Promise<void> {
  const slots = createSlots(atATime);
  const running = allBoxes(lifecycle.database).filter(({ status }) => status === 'ready');
  const unlimited = new AbortController().signal;
  await Promise.all(running.map(({ id }) => slots.run(unlimited, () => endIn(lifecycle, containerName(id)))));
}

async function endIn({ engine, log }: Lifecycle, container: string): Promise<void> {
  try {
    const {
      code,
      stdout: killed,
      stderr,
    } = await lead(engine, container, ['sweep', `${markName}=${serverRun}`], limitMs);
    if (code !== 0) throw new Error(`it ended with ${code} ${stderr}`);
    if (killed !== '') log.info(`killed what an earlier server left in ${container}: ${killed}`);
  } catch (error) {
    log.error(`could not look for commands that an earlier server left in ${container}: ${String(error)}`);
  }
}
