import { parseEndpoint } from '../api/endpoint';
import { Secret } from '../api/secret';
import { cloudEndpoint } from './target';

/** An account as the official SDKs find it in the environment. */
export interface EnvironmentAccount {
  readonly endpoint: string;
  readonly apiKey: Secret;
  readonly workspaceId?: string;
}

/**
 * Of `LANGSMITH_API_KEY`, `LANGSMITH_ENDPOINT` and `LANGSMITH_WORKSPACE_ID`. Undefined without a key, and for an
 * endpoint that no key should be sent to. `onRead` hears of the key, so that the log can leave it out.
 */
export function accountOf(
  environment: NodeJS.ProcessEnv,
  onRead: (secret: Secret) => void,
): EnvironmentAccount | undefined {
  const apiKey = environment.LANGSMITH_API_KEY?.trim();
  const parsed = parseEndpoint(environment.LANGSMITH_ENDPOINT?.trim() || cloudEndpoint);
  if (!apiKey || !parsed.ok) return undefined;
  const secret = new Secret(apiKey);
  onRead(secret);
  const workspaceId = environment.LANGSMITH_WORKSPACE_ID?.trim() || undefined;
  return { endpoint: parsed.endpoint, apiKey: secret, workspaceId };
}
