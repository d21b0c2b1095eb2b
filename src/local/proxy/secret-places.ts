import type { ProxyRule, ProxySecret } from '../../api/wire/proxy-config';
import type { AskedRule } from './rule-shape';
import type { AskedSecret } from './secret-shape';

/** A secret where it stands. */
export interface PlacedSecret {
  secret: AskedSecret;
  /** Below `proxy_config`. */
  path: (string | number)[];
  /**
   * What it is known by from one config to the next: the name of its rule, and what it is there. ASSUMED: of those that
   * have all names in common, the first stays the first.
   */
  place: string;
}

/** The rules with each secret as `show` has it. */
export function showSecrets(rules: AskedRule[], show: (placed: PlacedSecret) => ProxySecret): ProxyRule[] {
  const numbered = numbering();
  return rules.map((rule, index) => {
    const shown = (secret: AskedSecret, way: PlacedSecret['path'], names = way): ProxySecret =>
      show({
        secret,
        path: ['rules', index, ...way],
        place: numbered(JSON.stringify([rule.name, ...names])),
      });
    const credential = (provider: string, field: string, secret?: AskedSecret): ProxySecret | undefined =>
      secret && shown(secret, [provider, field]);
    const { headers, aws, gcp, azure } = rule;
    return {
      ...rule,
      headers: headers?.map((header, at) => ({
        name: header.name,
        ...shown(header, ['headers', at], ['headers', header.name.toLowerCase()]),
      })),
      aws: aws && {
        ...aws,
        access_key_id: credential('aws', 'access_key_id', aws.access_key_id),
        secret_access_key: credential('aws', 'secret_access_key', aws.secret_access_key),
      },
      gcp: gcp && {
        ...gcp,
        service_account_json: credential('gcp', 'service_account_json', gcp.service_account_json),
      },
      azure: azure && {
        ...azure,
        account_key: credential('azure', 'account_key', azure.account_key),
        sas_token: credential('azure', 'sas_token', azure.sas_token),
      },
    };
  });
}

/** Tells equal texts apart by how often they came before. */
function numbering(): (text: string) => string {
  const counts = new Map<string, number>();
  return (text) => {
    const count = counts.get(text) ?? 0;
    counts.set(text, count + 1);
    return `${text}#${count}`;
  };
}
