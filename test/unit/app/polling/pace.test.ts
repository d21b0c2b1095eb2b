import { describe, expect, it } from 'vitest';
import { ApiError, type ApiErrorFacts } from '../../../../src/api/errors';
import { Pace } from '../../../../src/app/polling/pace';

const rhythm = { usualMs: 30, failingMs: 60, awayMs: 3, slowestMs: 300 };

function failure(kind: ApiErrorFacts['kind'], retryAfterMs?: number): ApiError {
  return new ApiError('no', { kind, retryAfterMs, method: 'GET', path: '/boxes' });
}

function delaysAfter(error: unknown, failures: number): number[] {
  const pace = new Pace(rhythm);
  return Array.from({ length: failures }, () => {
    pace.failed(error);
    return pace.delayMs;
  });
}

describe('the pace of polling', () => {
  it('is slower with each failure of a server that answers, to a limit', () => {
    expect(delaysAfter(failure('server'), 5)).toEqual([60, 120, 240, 300, 300]);
    expect(delaysAfter(failure('quota'), 2)).toEqual([60, 120]);
  });

  it('is quick at first for a server that can’t be reached', () => {
    expect(delaysAfter(failure('unreachable'), 3)).toEqual([3, 6, 12]);
  });

  it('is never quicker than what the server asked for', () => {
    const [delay = 0] = delaysAfter(failure('quota', 100_000), 1);
    expect(delay).toBeGreaterThan(90_000);
    const pace = new Pace(rhythm);
    pace.failed(failure('quota', 100_000));
    expect(pace.isHeldBack).toBe(true);
  });

  it('is the usual one again after a success', () => {
    const pace = new Pace(rhythm);
    pace.failed(failure('quota', 100_000));
    pace.succeeded();
    expect(pace.delayMs).toBe(30);
    expect(pace.isHeldBack).toBe(false);
  });
});
