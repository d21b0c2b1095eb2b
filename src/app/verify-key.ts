import { listBoxes } from '../api/boxes';
import type { Secret } from '../api/secret';
import { workspaceHeaders, type LinkOptions } from './link';
import { settle, type Outcome } from './outcome';
import type { Profile } from './target';

/** Whether the profile's endpoint takes the key, by a real call. Nothing is stored. */
export function verifyKey(
  openTransport: LinkOptions['openTransport'],
  profile: Profile,
  apiKey: Secret,
  signal: AbortSignal,
): Promise<Outcome<undefined>> {
  return settle({ signal }, async () => {
    const transport = openTransport(profile.endpoint, apiKey, workspaceHeaders(profile));
    try {
      await listBoxes(transport, { limit: 1 }, { signal });
      return undefined;
    } finally {
      await transport.close();
    }
  });
}
