import { invalidField } from '../failure';
import { seal, unseal } from '../store/seal';
import type { KeptProxyConfig } from './kept-config';

/** A sandbox, or a snapshot for its sandboxes. */
export interface ProxyHolder extends Pick<KeptProxyConfig, 'proxy_secrets'> {
  id: string;
  proxy_config: KeptProxyConfig['proxy_config'] | null;
}

/**
 * The holder's config for another holder: secrets are sealed for the one that has them. Throws 422 when they were
 * sealed with another key than this server's.
 */
export function handedOn(
  sealKey: Uint8Array,
  { id, proxy_config, proxy_secrets }: ProxyHolder,
  newId: string,
): Omit<ProxyHolder, 'id'> {
  const resealed = Object.entries(proxy_secrets).map(([place, text]): [string, string] => {
    const secret = unseal(sealKey, `${id} ${place}`, Buffer.from(text, 'base64'));
    if (!secret) throw lost();
    return [place, Buffer.from(seal(sealKey, `${newId} ${place}`, secret)).toString('base64')];
  });
  return { proxy_config, proxy_secrets: Object.fromEntries(resealed) };
}

/** Opaque values, and any value of a variable: what the wire calls literal secrets. */
export function holdsSecrets({ proxy_config, proxy_secrets }: Omit<ProxyHolder, 'id'>): boolean {
  const hasVariables = (proxy_config?.rules ?? []).some(
    ({ env_vars }) => Object.keys(env_vars ?? {}).length > 0,
  );
  return hasVariables || Object.keys(proxy_secrets).length > 0;
}

function lost(): Error {
  return invalidField(
    'proxy_config',
    'The secrets of the stored proxy_config were sealed with another key. Give the proxy_config again.',
  );
}
