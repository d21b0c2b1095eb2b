import type { StoredRunConfig } from '../store/shapes';
import { killGroup } from '../lifecycle/kill-group';
import type { Lifecycle } from '../lifecycle/lifecycle';
import { startProcess } from '../lifecycle/start-process';

/** As root, as archives are read. */
const config: StoredRunConfig = { user: '0', work_dir: '/', env_vars: { LC_ALL: 'C' } };

/** The sandbox has no such program, or it can't do what is asked: there is the archive for that. */
export class ToolFails extends Error {
  override readonly name = 'ToolFails';
}

/**
 * Runs a script of ours in the sandbox's own shell and gives its output as it comes. Throws ToolFails unless the script
 * ends with 0. It is killed, with all it started, when the signal aborts or the reader leaves.
 */
export async function* toolOutput(
  lifecycle: Lifecycle,
  boxId: string,
  script: string,
  args: string[],
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  const command = ['/bin/sh', '-c', script, 'sh', ...args];
  const process = await startProcess(lifecycle, boxId, { command, config }, signal);
  process.stderr.on('error', () => undefined).resume(); // stdout tells it too
  const { stdout } = process;
  const { exitCode } = process.stream;
  const abort = (): void => void stdout.destroy(signal.reason as Error);
  signal.addEventListener('abort', abort, { once: true });
  let hasEnded = false;
  try {
    for await (const chunk of stdout as AsyncIterable<Buffer>) yield chunk;
    const code = await exitCode;
    hasEnded = true;
    if (code !== 0) throw new ToolFails(`It ended with ${code}.`);
  } finally {
    signal.removeEventListener('abort', abort);
    if (!hasEnded) await killGroup(lifecycle, process);
  }
}
