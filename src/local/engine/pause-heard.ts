import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { unlessMissing } from './absent';
import type { Connection } from './connection';
import { EngineError } from './engine-error';
import { errorCode } from './http/connection-failure';
import { pathPart } from './http/http';
import { sendForJson, sendForNothing } from './http/json';
import { layProgram } from './lay-program';
import { despitePauseNews } from './pause-news';

const limitMs = 15_000;
const lookMs = 100;
const tellLimitMs = 5_000;
const idShape = z.object({ Id: z.string() });
const stateShape = z.object({ Running: z.boolean() });
const containerShape = z.object({ State: stateShape });

/**
 * For a container that goes on after a pause: keeps the next pause off until the engine has heard all its runtime told
 * of this one. Docker 20.10 takes what it is told in order, and waits two seconds with the end of each process whose
 * output something else still holds. Told of the first pause's end during the next, by a commit, it takes the
 * container for running, does not unpause it when the image is written, and says nothing of it: frozen for ever.
 * A process of our own is told of after all that; so it is run, and waited for. Never rejects: where the container runs
 * and yet that failed, the log says why.
 */
export async function untilPauseIsHeard(connection: Connection, id: string): Promise<void> {
  const { http, dialect, starts } = connection;
  if (!dialect.hearsOfPausesLate) return;
  const signal = AbortSignal.timeout(limitMs);
  const begun = await starts.begin(id, signal).catch(() => () => undefined);
  try {
    // It ends at once, for it has no input.
    const spec = { Cmd: [await layProgram(connection, id, 'relay', signal)], User: '0', WorkingDir: '/' };
    const create = { method: 'POST', path: `/containers/${pathPart(id)}/exec`, json: spec } as const;
    const { Id } = await despitePauseNews(() => sendForJson(http, create, idShape, signal), signal);
    const start = { method: 'POST', path: `/exec/${Id}/start`, json: { Detach: true, Tty: false } } as const;
    await despitePauseNews(() => sendForNothing(http, start, signal), signal);
    const look = { method: 'GET', path: `/exec/${Id}/json` } as const;
    while ((await sendForJson(http, look, stateShape, signal)).Running) {
      await sleep(lookMs, undefined, { signal });
    }
  } catch (error) {
    await tell(connection, id, signal.aborted ? `not within ${limitMs / 1000} s` : error);
  } finally {
    begun();
  }
}

/** Nothing of a container that does not run, or is gone: it is no more paused than that. Nor of our own end. */
async function tell({ http, log }: Connection, id: string, reason: unknown): Promise<void> {
  if (reason instanceof EngineError && errorCode(reason.cause) === 'UND_ERR_DESTROYED') return;
  const look = { method: 'GET', path: `/containers/${pathPart(id)}/json` } as const;
  const limit = AbortSignal.timeout(tellLimitMs);
  const container = unlessMissing(sendForJson(http, look, containerShape, limit));
  const isOver = await container.then(
    (found) => !found?.State.Running,
    () => false,
  );
  if (!isOver)
    log.error(`whether the engine has heard of the last pause of ${id} is not known: ${String(reason)}`);
}
