/** A parsed image name. Grammar and defaults are those of the distribution project's `reference` package. */
export interface ImageReference {
  /** With its port. `docker.io` when the name gives none. */
  host: string;
  /** Whether the name gave the host itself. */
  hasHost: boolean;
  /** Below the host, with Docker Hub's `library/` where that is implied. */
  path: string;
  /** `latest` when neither tag nor digest is given. */
  tag?: string;
  digest?: string;
}

export const dockerHub = 'docker.io';

const component = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?';
const grammar = new RegExp(
  `^(?:(?<host>(?:${label}(?:\\.${label})*|\\[[0-9a-fA-F:]+\\])(?::[0-9]+)?)/)?` +
    `(?<path>${component}(?:/${component})*)` +
    `(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$`,
);

/** Undefined when the text is not an image name. */
export function parseImageReference(text: string): ImageReference | undefined {
  const [first, ...rest] = text.split('/');
  const hasHost = rest.length > 0 && first !== undefined && looksLikeHost(first);
  const groups = grammar.exec(hasHost ? text : `${dockerHub}/${text}`)?.groups;
  if (!groups?.['host'] || !groups['path']) return undefined;
  const host = hubAliases.has(groups['host']) ? dockerHub : groups['host'];
  const path =
    host === dockerHub && !groups['path'].includes('/') ? `library/${groups['path']}` : groups['path'];
  const digest = groups['digest'];
  const tag = groups['tag'] ?? (digest ? undefined : 'latest');
  return { host, hasHost, path, tag, digest };
}

/** `host/path:tag`, `host/path@digest`: what no engine reads in two ways. */
export function fullReference({ host, path, tag, digest }: ImageReference): string {
  return digest ? `${host}/${path}@${digest}` : `${host}/${path}:${tag ?? 'latest'}`;
}

export const hubAliases = new Set([dockerHub, 'index.docker.io', 'registry-1.docker.io', 'hub.docker.com']);

function looksLikeHost(part: string): boolean {
  return part === 'localhost' || /[.:[A-Z]/.test(part);
}
