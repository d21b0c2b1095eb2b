import type { Duplex } from 'node:stream';
import { Failure } from '../failure';
import { within } from '../abort';
import { withRunningBox } from '../lifecycle/awake';
import { containerName } from '../lifecycle/engine-names';
import type { Lifecycle } from '../lifecycle/lifecycle';
import type { Dialer } from './dialer';

/** The engine starts a relay and the service takes the connection by then. */
const dialLimitMs = 15_000;

/**
 * A connection to a port of a sandbox, which is started first when it is stopped and counts as in use while
 * the connection is open. Rejects with PortRefused when nothing
 * listens there, and with Failure: 404, 400 `NotReady`, 503 when it takes too long.
 */
export function dialBox(
  lifecycle: Lifecycle,
  dialer: Dialer,
  idOrName: string,
  port: number,
  signal: AbortSignal,
): Promise<Duplex> {
  return withRunningBox(lifecycle, idOrName, signal, async ({ id, name }) => {
    const limit = within(dialLimitMs, signal);
    try {
      const connection = await dialer.dial(containerName(id), port, limit);
      connection.once('close', lifecycle.activity.hold(id));
      return connection;
    } catch (error) {
      if (signal.aborted || !limit.aborted) throw error;
      throw new Failure(503, 'ServiceUnavailable', `Port ${port} of sandbox ${name} did not answer in time.`);
    }
  });
}
