import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createLeases } from '../../../src/local/leases';
import { endWhenUnused } from '../../../src/local/linger';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('a server that nobody uses ends after its time, once', () => {
  const end = vi.fn();
  endWhenUnused(10, () => false, end);
  vi.advanceTimersByTime(9_000);
  expect(end).not.toHaveBeenCalled();
  vi.advanceTimersByTime(60_000);
  expect(end).toHaveBeenCalledTimes(1);
});

it('the time starts again when the last lease is gone', () => {
  const leases = createLeases();
  const end = vi.fn();
  endWhenUnused(10, () => leases.count > 0, end);
  const [one, two] = [leases.take(), leases.take()];
  vi.advanceTimersByTime(60_000);
  one();
  one();
  vi.advanceTimersByTime(60_000);
  expect(end).not.toHaveBeenCalled();
  two();
  vi.advanceTimersByTime(9_000);
  expect(end).not.toHaveBeenCalled();
  vi.advanceTimersByTime(3_000);
  expect(end).toHaveBeenCalledTimes(1);
});

it('can be called off', () => {
  const end = vi.fn();
  endWhenUnused(1, () => false, end)();
  vi.advanceTimersByTime(60_000);
  expect(end).not.toHaveBeenCalled();
});
