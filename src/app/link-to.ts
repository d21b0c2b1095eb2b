import type { Box, Snapshot } from '../api/types';
import type { ResourceKind } from './details';
import { isSamePlace, workspaceOf, type Target } from './target';

/** What a link to a resource names: the editor's own URI leads to it, with nothing secret in it. */
export interface LinkTo {
  readonly kind: ResourceKind;
  readonly name: string;
  /** Where it is; without it, wherever the window is connected to. */
  readonly target?: Target;
}

const extension = 'langsmith-sandboxes.langsmith-sandboxes';
const local = 'local';

/** `vscode://langsmith-sandboxes.langsmith-sandboxes/sandbox/agent?on=local`; `scheme` is the editor's. */
export function linkText(scheme: string, { kind, name, target }: LinkTo): string {
  const query = target ? `?${queryOf(target).map(encodePair).join('&')}` : '';
  return `${scheme}://${extension}/${kind}/${encodeURIComponent(name)}${query}`;
}

function queryOf(target: Target): [string, string][] {
  if (target.kind === 'local') return [['on', local]];
  const { endpoint, workspaceId } = target;
  return [
    ['on', endpoint],
    ...(workspaceId === undefined ? [] : [['workspace', workspaceId] as [string, string]]),
  ];
}

function encodePair([key, value]: [string, string]): string {
  return `${key}=${encodeURIComponent(value)}`;
}

/** What finds it again: of a snapshot that lost its tags, the id alone does. */
export function linkName({ id, name, ...rest }: Box | Snapshot): string {
  const tags = 'tags' in rest ? (rest.tags ?? ['latest']) : ['latest'];
  if (tags.includes('latest')) return name;
  return tags[0] === undefined ? id : `${name}:${tags[0]}`;
}

/** `path` and `query` are decoded, as the editor gives them. Undefined for what is no link of ours. */
export function parseLink({ path, query }: { path: string; query: string }): LinkTo | undefined {
  const { kind, name } = /^\/(?<kind>sandbox|snapshot)\/(?<name>.+)$/s.exec(path)?.groups ?? {};
  if ((kind !== 'sandbox' && kind !== 'snapshot') || !name) return undefined;
  const parameters = new URLSearchParams(query);
  const on = parameters.get('on');
  if (on === null) return { kind, name };
  if (on === local) return { kind, name, target: { kind: 'local' } };
  const workspaceId = parameters.get('workspace') ?? undefined;
  return { kind, name, target: { kind: 'langsmith', endpoint: on, ...(workspaceId && { workspaceId }) } };
}

/** A link may lead only where the user was before, by whichever key: the text of a link is anybody's. */
export function knownTarget(wanted: Target, known: readonly Target[]): Target | undefined {
  return known.find((target) => leadsTo(target, wanted));
}

/** A link that names no workspace leads to whichever there is. */
export function leadsTo(target: Target, wanted: Target): boolean {
  if (!isSamePlace(target, wanted)) return false;
  const workspaceId = workspaceOf(wanted);
  return workspaceId === undefined || workspaceId === workspaceOf(target);
}
