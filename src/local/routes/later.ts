import { wireRoot, type Router } from '../router';
import { notYet } from '../failure';

const later: Record<string, string> = {
  '/usage': 'Usage',
  '/usage/costs': 'Usage',
};

/** Parts of the API that a client may know and this server does not have: it says so, instead of 404. */
export function laterRoutes(router: Router): void {
  for (const [path, what] of Object.entries(later)) {
    router.all(`${wireRoot}${path}`, () => {
      throw notYet(what);
    });
  }
}
