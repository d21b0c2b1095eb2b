import { Secret } from '../../api/secret';
import { workspaceOf, type Target } from '../target';

/** What the official SDKs read of their environment, for programs of the user. */
export interface Variables {
  readonly target: Target;
  readonly values: ReadonlyMap<string, Secret>;
}

export interface Reached {
  readonly target: Target;
  readonly endpoint: string;
  /** Left out when programs are not to have it. */
  readonly apiKey?: Secret;
}

export function variablesOf({ target, endpoint, apiKey }: Reached): Variables {
  const workspace = workspaceOf(target);
  const values = new Map([['LANGSMITH_ENDPOINT', new Secret(endpoint)]]);
  if (apiKey) values.set('LANGSMITH_API_KEY', apiKey);
  if (workspace !== undefined) values.set('LANGSMITH_WORKSPACE_ID', new Secret(workspace));
  return { target, values };
}
