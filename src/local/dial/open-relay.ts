import type { Engine } from '../engine/engine';
import type { RelayProcess } from './relay';

/** Why a relay was let go, for whoever still reads from it. */
const letGo = 'The connection into the sandbox was closed.';

/** Starts a relay in a running container. Rejects as `Engine.exec` does, or with the signal's reason. */
export async function openRelay(
  engine: Engine,
  container: string,
  signal: AbortSignal,
): Promise<RelayProcess> {
  const path = await engine.layRelay(container, signal);
  const running = new AbortController();
  const end = (): void => running.abort(new Error(letGo));
  signal.addEventListener('abort', end, { once: true });
  try {
    const spec = { command: [path], stdin: true, workDir: '/' };
    const { stdin, stdout, stderr } = await engine.exec(container, spec, running.signal);
    signal.throwIfAborted();
    if (!stdin) throw new Error('The engine gave a process no stdin.');
    stderr.resume();
    return { stdin, stdout, end };
  } finally {
    signal.removeEventListener('abort', end);
  }
}
