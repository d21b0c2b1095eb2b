import type { Router } from '../router';
import { onPath } from './methods';

/**
 * The keys that a platform signs with, for whoever verifies its tokens; anybody may read them. There are none: nothing
 * is signed here, as no service is logged in to and no callback is made. Source: the verifier of the JavaScript SDK.
 */
export function signingKeyRoutes(router: Router): void {
  onPath(router, '/.well-known/jwks.json', { GET: (context) => context.json({ keys: [] }) });
}
