import { expect, it } from 'vitest';
import { ApiError } from '../../../src/api/errors';
import { Persistence } from '../../../src/api/persistence';

const broken = new ApiError('The connection broke', { kind: 'ambiguous', method: 'GET', path: '/ws' });

it('a server that reloads is reached again at once, one that reloads over and over after a pause', async () => {
  const persistence = new Persistence({ mostTries: 5, budgetMs: 600_000, firstPauseMs: 60_000 });
  const caller = new AbortController();
  const reload = { isReload: true, signal: caller.signal };
  await persistence.next(broken, reload);
  persistence.reset();
  const second = persistence.next(broken, reload);
  const reason = new Error('the caller went away');
  caller.abort(reason);
  await expect(second).rejects.toBe(reason);
});
