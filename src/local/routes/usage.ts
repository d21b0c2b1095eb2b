import { wireRoot, type Router, type RouterDependencies } from '../router';
import { Failure } from '../failure';
import { usageOf } from '../lifecycle/usage';
import { checkCostQuery } from './cost-query';
import { onPath } from './methods';

export function usageRoutes(router: Router, { lifecycle }: RouterDependencies): void {
  onPath(router, `${wireRoot}/usage`, {
    GET: async (context) => {
      await lifecycle.observer.refresh(context.get('signal'));
      return context.json(usageOf(lifecycle));
    },
  });
  onPath(router, `${wireRoot}/usage/costs`, {
    GET: (context) => {
      checkCostQuery(context);
      const sentence =
        'Costs are known to LangSmith only: local sandboxes cost nothing. Ask for /usage to see what they take.';
      throw new Failure(501, 'NotImplemented', sentence);
    },
  });
}
