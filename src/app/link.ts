import { holdLease } from '../api/local';
import type { Secret } from '../api/secret';
import type { Transport } from '../api/transport';
import { MissingKeyError, type Credentials } from './credentials';
import type { Target } from './session';

export interface LinkOptions {
  credentials: Credentials;
  /** Finds or starts the local server. */
  reachLocal: (signal: AbortSignal) => Promise<{ endpoint: string; transport: Transport }>;
  openTransport: (endpoint: string, apiKey: Secret) => Transport;
}

/** A way to a target's server. */
export interface Link {
  readonly endpoint: string;
  readonly transport: Transport;
  /** Aborting it lets the local server go. */
  readonly lease: AbortController;
}

/**
 * Asks nothing of LangSmith; finds or starts the local server, and keeps it up until the lease is aborted.
 * `onLost` is called when the local server goes away under the lease.
 * @throws {MissingKeyError} @throws {LocalServerError} @throws {ApiError}
 */
export async function openLink(
  { credentials, reachLocal, openTransport }: LinkOptions,
  target: Target,
  signal: AbortSignal,
  onLost: (lease: AbortController) => void,
): Promise<Link> {
  const lease = new AbortController();
  if (target.kind === 'langsmith') {
    const { endpoint } = target;
    const apiKey = await credentials.apiKey(endpoint);
    if (!apiKey) throw new MissingKeyError();
    return { endpoint, transport: openTransport(endpoint, apiKey), lease };
  }
  const reached = await reachLocal(signal);
  const giveUp = (): void => lease.abort(signal.reason);
  signal.addEventListener('abort', giveUp);
  try {
    await holdLease(reached.transport, { signal: lease.signal, onLost: () => onLost(lease) });
    return { ...reached, lease };
  } catch (error) {
    await reached.transport.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

export async function closeLink({ lease, transport }: Link): Promise<void> {
  lease.abort();
  await transport.close();
}
