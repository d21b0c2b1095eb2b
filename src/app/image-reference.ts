/** The parts of a Docker image reference. Source of the grammar: the distribution project's `reference` package. */
export interface ImageReference {
  /** Host and port; `docker.io` where the reference names none. */
  readonly registry: string;
  /** Path below the registry, `library/` left out. */
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

export type ImageProblem = 'empty' | 'spaces' | 'url' | 'uppercase' | 'malformed';

export const defaultRegistry = 'docker.io';

const pathComponent = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const grammar = new RegExp(
  `^(?:(?<host>localhost|[^/:]*\\.[^/:]*|[^/:]+(?=:\\d+/)|\\[[0-9a-fA-F:]+\\])(?<port>:\\d+)?/)?` +
    `(?<path>${pathComponent}(?:/${pathComponent})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[a-z0-9+._-]+:[0-9a-f]{32,}))?$`,
);

export function parseImageReference(
  text: string,
): { ok: true; image: ImageReference } | { ok: false; problem: ImageProblem } {
  if (text === '') return { ok: false, problem: 'empty' };
  if (/\s/.test(text)) return { ok: false, problem: 'spaces' };
  if (/^[a-z]+:\/\//i.test(text)) return { ok: false, problem: 'url' };
  const parts = grammar.exec(text)?.groups;
  if (!parts?.path) {
    return { ok: false, problem: grammar.test(text.toLowerCase()) ? 'uppercase' : 'malformed' };
  }
  const { host, port = '', path, tag, digest } = parts;
  const registry = host ? `${host}${port}` : defaultRegistry;
  const repository = registry === defaultRegistry ? path.replace(/^library\//, '') : path;
  return { ok: true, image: { registry, repository, tag, digest } };
}

/** A name for a snapshot of this image: the last part of its path. */
export function suggestedSnapshotName({ repository }: ImageReference): string {
  return repository.slice(repository.lastIndexOf('/') + 1);
}
