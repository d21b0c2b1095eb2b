/** The variables that say which proxy to take; the lowercase one of a pair wins, as in curl. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that leads to `target`, or undefined for the direct way.
 * A loopback address is always reached directly: no proxy can reach the server on this machine.
 */
export function proxyFor(target: URL, environment: ProxyEnvironment): URL | undefined {
  const proxy = namedFor(target, environment);
  return proxy && isUsable(proxy) ? proxy : undefined;
}

/**
 * `scheme://host:port` of a proxy that is named for `target` and can't be used, as SOCKS or a script that names proxies
 * (PAC): the direct way is taken.
 */
export function unusedProxyFor(target: URL, environment: ProxyEnvironment): string | undefined {
  const proxy = namedFor(target, environment);
  return proxy && !isUsable(proxy) ? `${proxy.protocol}//${proxy.host}` : undefined;
}

function isUsable({ protocol, pathname }: URL): boolean {
  return (protocol === 'http:' || protocol === 'https:') && !/\.(pac|dat)$/i.test(pathname);
}

function namedFor(target: URL, environment: ProxyEnvironment): URL | undefined {
  const isSecure = target.protocol === 'https:' || target.protocol === 'wss:';
  const text = read(environment, isSecure ? 'https_proxy' : 'http_proxy') ?? read(environment, 'all_proxy');
  if (text === undefined || isLoopback(target.hostname)) return undefined;
  const port = target.port || (isSecure ? '443' : '80');
  const exceptions = (read(environment, 'no_proxy') ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  if (exceptions.some((entry) => isCovered(target.hostname.toLowerCase(), port, entry.toLowerCase())))
    return undefined;
  const address = text.includes('://') ? text : `http://${text}`;
  return URL.canParse(address) ? new URL(address) : undefined;
}

function read(environment: ProxyEnvironment, name: string): string | undefined {
  return environment[name] || environment[name.toUpperCase()] || undefined;
}

export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return (
    host === 'localhost' || host.endsWith('.localhost') || host === '::1' || /^127(\.\d+){3}$/.test(host)
  );
}

/** `*`, `host`, `.suffix`, `*.suffix`, each with or without `:port`; a bare name covers what is below it too. */
function isCovered(host: string, port: string, entry: string): boolean {
  if (entry === '*') return true;
  const [, name = entry, onlyPort] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  const suffix = name.replace(/^\*?\./, '');
  return host === suffix || host.endsWith(`.${suffix}`);
}
