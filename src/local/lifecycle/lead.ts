import type { Engine } from '../engine/engine';
import { EngineError } from '../engine/engine-error';
import { leaderPath } from '../engine/leader/leader';
import { runAsRoot } from './run-as-root';

const layLimitMs = 20_000;

/**
 * Has our leader do its work in a container, as leader.ts says. One that an older server made gets it first. What it is
 * asked may be asked twice. Rejects as `Engine.exec` and `layProgram` do; `limitMs` counts as in `runAsRoot`.
 */
export async function lead(
  engine: Engine,
  container: string,
  work: ['kill' | 'sweep', string],
  limitMs: number,
): ReturnType<typeof runAsRoot> {
  const run = (): ReturnType<typeof runAsRoot> =>
    runAsRoot(engine, container, [leaderPath, ...work], limitMs);
  const done = await run().catch((error: unknown) => {
    if (error instanceof EngineError && error.kind === 'other') return undefined;
    throw error;
  });
  if (done && done.code !== 126 && done.code !== 127) return done;
  await engine.layProgram(container, 'leader', AbortSignal.timeout(layLimitMs));
  return run();
}
