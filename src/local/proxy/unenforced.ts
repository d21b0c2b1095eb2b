import { Failure } from '../failure';
import type { AskedProxyConfig } from './config-shape';
import type { AskedRule } from './rule-shape';

/**
 * Refuses what needs a proxy to come true: without one the sandbox would be unprotected, or its requests would leave
 * without what they are to carry. What asks for nothing passes: a rule that is not enabled or has env_vars alone, empty
 * lists, no_proxy. Throws 501.
 */
export function refuseUnenforced(config: AskedProxyConfig | undefined): void {
  if (config === undefined) return;
  if (restricts(config.access_control)) {
    throw unenforced('access_control', 'the sandbox could reach every host', 'Leave it out');
  }
  if (config.callbacks?.length) {
    throw unenforced(
      'callbacks',
      'requests would leave without the headers that these give',
      'Leave them out',
    );
  }
  for (const [index, rule] of (config.rules ?? []).entries()) {
    const loss = rule.enabled === false ? undefined : lossOf(rule);
    if (loss) throw unenforced(`rules.${index}`, loss, 'Set its enabled to false or leave it out');
  }
}

/** ASSUMED: an empty list denies nothing. One that allows nothing and stands alone may be meant so. */
function restricts(access: AskedProxyConfig['access_control']): boolean {
  const { allow_list, deny_list } = access ?? {};
  const allowsNothing = allow_list?.length === 0 && deny_list === undefined;
  return allowsNothing || Boolean(allow_list?.length) || Boolean(deny_list?.length);
}

/** What an enabled rule is for and would not happen. */
function lossOf({ type, rewrite, headers }: AskedRule): string | undefined {
  switch (type) {
    case 'relay':
      return 'connections would leave from this machine instead of through the relay';
    case 'aws':
    case 'gcp':
    case 'azure':
      return `requests would leave without the credentials of ${type} that it injects`;
    case undefined:
      if (rewrite) return 'requests would go to the hosts that they name';
      return headers?.length
        ? 'requests would leave without the headers and secrets that it injects'
        : undefined;
  }
}

function unenforced(field: string, loss: string, advice: string): Failure {
  return new Failure(
    501,
    'NotImplemented',
    `The local server has no proxy yet that enforces proxy_config.${field}: ${loss}. ` +
      `${advice}, or create the sandbox on LangSmith.`,
  );
}
