import type { ProxyConfig } from '../../api/wire/proxy-config';

/** What enabled rules put into the environment of every command. ASSUMED: of two rules the first wins, as for requests. */
export function ruleVariables(config: ProxyConfig | null): Record<string, string> {
  const enabled = (config?.rules ?? []).filter((rule) => rule.enabled !== false);
  return Object.fromEntries(enabled.toReversed().flatMap(({ env_vars }) => Object.entries(env_vars ?? {})));
}
