import type { Secret } from '../../api/secret';
import type { Credentials } from '../credentials';
import type { EnvironmentAccount } from '../environment';
import type { Target } from '../target';

/** The key that a connection is made by; undefined when there is none any more. */
export async function keyOfTarget(
  target: Target,
  credentials: Credentials,
  environmentAccount: () => EnvironmentAccount | undefined,
): Promise<Secret | undefined> {
  if (target.kind === 'local') return (await credentials.localKeys()).apiKey;
  if (target.source === undefined) return credentials.apiKey(target);
  const account = environmentAccount();
  return account?.endpoint === target.endpoint ? account.apiKey : undefined;
}
