import type { Engine } from '../engine/engine';
import { collectText } from './collect-text';

const mostBytes = 16 * 1024;

/**
 * Runs a program of ours in a container, in a folder that is always there. The limit counts from when it may run: a
 * capture may keep it waiting for longer. Rejects as `Engine.exec` does.
 */
export async function runAsRoot(
  engine: Engine,
  container: string,
  command: string[],
  limitMs: number,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const reading = new AbortController();
  let limit: NodeJS.Timeout | undefined;
  const giveUp = (): void => reading.abort(new Error(`It did not end within ${limitMs / 1000} s.`));
  const begins = (): void => {
    limit = setTimeout(giveUp, limitMs);
  };
  try {
    const spec = { command, user: '0', workDir: '/', begins };
    const running = await engine.exec(container, spec, reading.signal);
    const [code, stdout, stderr] = await Promise.all([
      running.exitCode,
      collectText(running.stdout, mostBytes),
      collectText(running.stderr, mostBytes),
    ]);
    return { code, stdout: stdout.trim(), stderr: stderr.trim() };
  } finally {
    clearTimeout(limit);
  }
}
