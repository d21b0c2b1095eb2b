import { EngineError } from '../engine/engine-error';
import { settlesWithin, within } from '../abort';
import { boxKey, containerName } from '../lifecycle/engine-names';
import type { Lifecycle } from '../lifecycle/lifecycle';
import { findBox } from '../store/boxes';

/** The last frame of a command, as it is on the wire. */
export type Outcome =
  { type: 'exit'; exit_code: number } | { type: 'error'; error: string; error_type: string };

/** What one that a signal ended has at least, by the custom of shells. */
const firstSignalCode = 129;
const turnLimitMs = 20_000;
const lookLimitMs = 10_000;

/**
 * Waits for the exit code. `ending` says what a process that we killed ended as. One that was killed by something else
 * may have been so with its whole sandbox: that is told. Never rejects.
 */
export async function howItEnded(
  lifecycle: Lifecycle,
  boxId: string,
  finished: Promise<[number, ...unknown[]]>,
  ending: () => Outcome | undefined,
): Promise<Outcome> {
  try {
    const [exitCode] = await finished;
    const ours = ending();
    if (ours) return ours.type === 'exit' ? { ...ours, exit_code: exitCode } : ours;
    // Podman gives -1 for one whose end it did not see.
    const isByItself = exitCode >= 0 && exitCode < firstSignalCode;
    const fate = isByItself ? undefined : await fateOfBox(lifecycle, boxId);
    return fate ? commandError(`${fate} while the command ran.`) : { type: 'exit', exit_code: exitCode };
  } catch (error) {
    const ours = ending();
    if (ours) return ours;
    const fate = await fateOfBox(lifecycle, boxId);
    if (fate) return commandError(`${fate} while the command ran.`);
    const reason = error instanceof EngineError ? error.message : String(error);
    return commandError(`The command's output was lost: ${reason}`);
  }
}

/** Undefined while it runs. Waits for whoever stops or deletes it to be done. */
async function fateOfBox(lifecycle: Lifecycle, boxId: string): Promise<string | undefined> {
  const { turns, engine, database } = lifecycle;
  const turn = turns.run(boxKey(boxId), within(turnLimitMs), () => Promise.resolve());
  await settlesWithin(turn, turnLimitMs);
  const box = findBox(database, boxId);
  if (!box || box.status === 'deleting') return 'The sandbox was deleted';
  if (box.status !== 'ready') return `Sandbox ${box.name} was stopped`;
  const look = engine.inspectContainer(containerName(boxId), within(lookLimitMs));
  const state = await look.then((container) => container?.state ?? 'exited').catch(() => 'running');
  return state === 'exited' ? `Sandbox ${box.name} was stopped` : undefined;
}

function commandError(error: string): Outcome {
  return { type: 'error', error, error_type: 'CommandError' };
}
