import { ApiError } from '../../api/errors';
import type { Transport } from '../../api/transport';
import type { Box } from '../../api/types';
import { NotRunningError, runningBox } from '../running-box';
import type { Session } from '../session';

/**
 * The sandbox when it runs, where it is by now: over `transport`, which is undefined while the server is not known.
 * @throws {NotRunningError} @throws {ApiError} one that passes while it is on its way
 */
export async function runningPlace(
  { inventory }: Pick<Session, 'inventory'>,
  transport: Transport | undefined,
  id: string,
  signal?: AbortSignal,
): Promise<{ transport: Transport; box: Box }> {
  const call = { method: 'GET', path: '/boxes' };
  if (!transport) {
    const obstacle = { problem: 'no-server', code: 'ECONNREFUSED' } as const;
    throw new ApiError('The server is not there', { kind: 'unreachable', obstacle, ...call });
  }
  try {
    return { transport, box: await runningBox({ transport, inventory }, id, { signal }) };
  } catch (error) {
    if (!(error instanceof NotRunningError) || error.box?.status !== 'provisioning') throw error;
    throw new ApiError('The sandbox is being started', { kind: 'unavailable', status: 503, ...call });
  }
}
