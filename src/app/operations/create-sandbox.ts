import { createBox, findMade, madeUpName } from '../../api/boxes';
import type { Box, CreateBoxRequest } from '../../api/types';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';
import { untilBox } from './await-box';
import { making } from './making';

const readyTimeoutMs = 120_000;

/** Boots a sandbox and waits until it is ready. Left behind when we stop waiting: the provisioning sandbox. */
export function createSandbox(
  session: Session,
  request: CreateBoxRequest,
  run: Run,
): Promise<Outcome<Box, Box>> {
  return settle(run, async (started) => {
    run.onStep({ kind: 'asking' });
    const named = { ...request, name: request.name ?? madeUpName() };
    const box = await making(run.signal, started, {
      ask: () => createBox(session.transport, named, { signal: run.signal }),
      find: (startedAt, call) => findMade(session.transport, named, startedAt, call),
    });
    return session.inventory.pending.during(box.id, 'waiting', run.signal, (signal) =>
      untilBox(session, box, { until: 'ready', timeoutMs: readyTimeoutMs }, { ...run, signal }),
    );
  });
}
