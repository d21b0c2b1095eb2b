import type { Secret } from '../../api/secret';
import type { ProxyConfig, ProxySecret } from '../../api/wire/proxy-config';
import { invalidFields, type FieldFailure } from '../failure';
import { seal, unseal } from '../store/seal';
import type { AskedProxyConfig } from './config-shape';
import { showSecrets, type PlacedSecret } from './secret-places';

/** A config as it is stored: what reads show, and apart from it the opaque values, sealed, by their places. */
export interface KeptProxyConfig {
  proxy_config: ProxyConfig;
  proxy_secrets: Record<string, string>;
}

export interface Keeper {
  sealKey: Uint8Array;
  boxId: string;
  /** What the sandbox has sealed so far, by place. */
  stored: Record<string, string>;
}

/**
 * What to store in place of the sandbox's config. An opaque value that is left out stays what it was; throws 422 where
 * there is none. Callbacks are not kept: any that asks for something was refused.
 */
export function keepProxyConfig(keeper: Keeper, asked: AskedProxyConfig): KeptProxyConfig {
  const { access_control, description, no_proxy } = asked;
  const proxy_secrets: Record<string, string> = {};
  const missing: FieldFailure[] = [];
  const show = ({ secret, path, place }: PlacedSecret): ProxySecret => {
    if (secret.type !== 'opaque') return secret;
    const result = sealedAt(keeper, place, secret.value);
    if ('text' in result) proxy_secrets[place] = result.text;
    else missing.push({ loc: ['body', 'proxy_config', ...path, 'value'], msg: result.complaint });
    return { type: 'opaque', is_set: true };
  };
  const rules = asked.rules && showSecrets(asked.rules, show);
  if (missing.length > 0) throw invalidFields(missing);
  return { proxy_config: { rules, access_control, description, no_proxy }, proxy_secrets };
}

function sealedAt(
  { sealKey, boxId, stored }: Keeper,
  place: string,
  value: Secret | undefined,
): { text: string } | { complaint: string } {
  const owner = `${boxId} ${place}`;
  if (value) return { text: Buffer.from(seal(sealKey, owner, value)).toString('base64') };
  const text = stored[place];
  if (text === undefined) {
    return { complaint: 'value of an opaque secret is required: none is stored that could stay.' };
  }
  return unseal(sealKey, owner, Buffer.from(text, 'base64'))
    ? { text }
    : { complaint: 'value of an opaque secret is required: the stored one was sealed with another key.' };
}
