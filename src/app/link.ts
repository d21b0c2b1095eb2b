import { holdLease } from '../api/local';
import type { Secret } from '../api/secret';
import type { Transport } from '../api/transport';
import { MissingKeyError, type Credentials } from './credentials';
import type { EnvironmentAccount } from './environment';
import type { Profile, Target } from './target';

export interface LinkOptions {
  credentials: Credentials;
  /** Finds or starts the local server. */
  reachLocal: (signal: AbortSignal) => Promise<{ endpoint: string; transport: Transport }>;
  /** Read at each connecting. */
  environmentAccount: () => EnvironmentAccount | undefined;
  openTransport: (endpoint: string, apiKey: Secret, headers?: Record<string, string>) => Transport;
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
  options: LinkOptions,
  target: Target,
  signal: AbortSignal,
  onLost: (lease: AbortController) => void,
): Promise<Link> {
  const lease = new AbortController();
  if (target.kind === 'langsmith') {
    return { endpoint: target.endpoint, transport: await openLangSmith(options, target), lease };
  }
  const reached = await options.reachLocal(signal);
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

async function openLangSmith(
  { credentials, environmentAccount, openTransport }: LinkOptions,
  target: Target & { kind: 'langsmith' },
): Promise<Transport> {
  if (target.source === 'environment') {
    const account = environmentAccount();
    if (account?.endpoint !== target.endpoint) throw new MissingKeyError();
    return openTransport(account.endpoint, account.apiKey, workspaceHeaders(account));
  }
  const apiKey = await credentials.apiKey(target);
  if (!apiKey) throw new MissingKeyError();
  return openTransport(target.endpoint, apiKey, workspaceHeaders(target));
}

/** Documented by LangSmith's API: a key may be good for several workspaces. */
export function workspaceHeaders({ workspaceId }: Pick<Profile, 'workspaceId'>): Record<string, string> {
  return workspaceId === undefined ? {} : { 'X-Tenant-Id': workspaceId };
}

export async function closeLink({ lease, transport }: Link): Promise<void> {
  lease.abort();
  await transport.close();
}
