import { dockerHub, hubAliases } from './image-reference';

export const registryUrlRule =
  'A registry is a host such as "registry.example.com" or "127.0.0.1:5000", with an optional path. ' +
  'A user name and a password have fields of their own.';

/** `https://Host/` becomes `host`; a port and a path stay. Undefined when the text is no registry. */
export function normaliseRegistryUrl(text: string): string | undefined {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
  const url = parse(hasScheme ? text : `https://${text}`);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return undefined;
  if (url.username || url.password || url.search || url.hash || !url.hostname) return undefined;
  if (hubAliases.has(url.hostname)) return dockerHub;
  return `${url.host}${url.pathname.replace(/\/+$/, '').replace(/^\/v[12]$/, '')}`;
}

/** Host and port of a normalised registry. */
export function registryHost(registry: string): string {
  return registry.split('/')[0] ?? registry;
}

/** The wire's `provider`, told by the host. */
export function registryProvider(registry: string): string {
  const host = registryHost(registry);
  if (host === dockerHub) return 'DOCKER_HUB';
  if (host === 'ghcr.io') return 'GHCR';
  if (/\.dkr\.ecr\.[a-z0-9-]+\.amazonaws\.com$/.test(host)) return 'ECR';
  if (/(?:^|\.)gcr\.io$|-docker\.pkg\.dev$/.test(host)) return 'GAR';
  return 'DOCKER_REGISTRY';
}

function parse(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
