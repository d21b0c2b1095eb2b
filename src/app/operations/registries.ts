import { ApiError } from '../../api/errors';
import { createRegistry, deleteRegistry, getRegistry, updateRegistry } from '../../api/registries';
import type { Secret } from '../../api/secret';
import type { CallOptions, Transport } from '../../api/transport';
import type { Registry } from '../../api/types';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';

export interface RegistryCredentials {
  /** Host and port, as in the image reference. */
  readonly host: string;
  readonly username: string;
  readonly password: Secret;
}

/** The name a registry is registered under: its host, in characters that any name may have. */
export function registryName(host: string): string {
  return host.toLowerCase().replace(/[^a-z0-9.-]/g, '-');
}

/** Registers the credentials under the host's name, in place of those registered there before. */
export async function saveRegistry(
  transport: Transport,
  { host, username, password }: RegistryCredentials,
  call: CallOptions,
): Promise<Registry> {
  const name = registryName(host);
  const fields = { url: host, username, password: password.reveal() };
  return (await isRegistered(transport, name, call))
    ? updateRegistry(transport, name, fields, call)
    : createRegistry(transport, { name, ...fields }, call);
}

export function removeRegistry(session: Session, name: string, run: Run): Promise<Outcome<string>> {
  return settle(run, async () => {
    run.onStep({ kind: 'asking' });
    await deleteRegistry(session.transport, name, { signal: run.signal });
    return name;
  });
}

async function isRegistered(transport: Transport, name: string, call: CallOptions): Promise<boolean> {
  try {
    await getRegistry(transport, name, call);
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.kind === 'not-found') return false;
    throw error;
  }
}
