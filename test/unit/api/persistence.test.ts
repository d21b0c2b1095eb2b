import { expect, it } from 'vitest';
import { ApiError } from '../../../src/api/errors';
import { Nudge } from '../../../src/api/nudge';
import { endlessPersistence, Persistence, persistence as usual } from '../../../src/api/persistence';

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

it('what is to outlive a night offline tries again whatever finds no way, but not against a wrong certificate', async () => {
  const unreachable = (problem: 'host-unknown' | 'certificate'): ApiError =>
    new ApiError('', {
      kind: 'unreachable',
      obstacle: { problem, code: 'X' },
      method: 'GET',
      path: '/ws',
    });
  const { signal } = new AbortController();
  const nudge = new Nudge();
  const endless = new Persistence({ ...endlessPersistence, firstPauseMs: 3_600_000 }, nudge);
  for (let tries = 0; tries < 20; tries++) {
    const next = endless.next(unreachable('host-unknown'), { signal });
    nudge.nudge();
    await next;
  }
  await expect(endless.next(unreachable('certificate'), { signal })).rejects.toThrow(ApiError);
  await expect(new Persistence(usual).next(unreachable('host-unknown'), { signal })).rejects.toThrow(
    ApiError,
  );
});
