import type { Box } from '../../api/types';
import { waitForBox } from '../../api/wait';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';

/** Waits for a sandbox that is starting; its row follows. The sandbox is what is left when we stop. */
export function awaitBox(
  session: Session,
  box: Box,
  timeoutMs: number,
  run: Run,
): Promise<Outcome<Box, Box>> {
  return settle(run, (started) => {
    started(box);
    return session.inventory.pending.during(box.id, 'waiting', run.signal, (signal) =>
      untilBox(session, box, { until: 'ready', timeoutMs }, { ...run, signal }),
    );
  });
}

/** As `awaitBox`, for use inside another use case. Rejects as `waitForBox` does. */
export async function untilBox(
  session: Session,
  box: Box,
  { until, timeoutMs }: { until: 'ready' | 'stopped'; timeoutMs: number },
  { signal, onStep }: Run,
): Promise<Box> {
  const { inventory } = session;
  inventory.boxes.upsert(box);
  const arrived = await waitForBox(() => session.transport, box.id, {
    signal,
    timeoutMs,
    until,
    onUpdate: (reply) => {
      inventory.boxes.upsert({ ...box, ...reply });
      onStep({ kind: 'waiting', status: reply.status, message: reply.status_message ?? undefined });
    },
  });
  inventory.boxes.upsert(arrived);
  return arrived;
}
