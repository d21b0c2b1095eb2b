import { describe, expect, it } from 'vitest';
import { due } from '../../../../src/local/lifecycle/expiry';

const at = (seconds: number): string => new Date(seconds * 1000).toISOString();
const box = (fields: Partial<Parameters<typeof due>[0]>): Parameters<typeof due>[0] => ({
  status: 'ready',
  idle_ttl_seconds: 600,
  delete_after_stop_seconds: 3600,
  stopped_at: null,
  last_used_at: at(0),
  created_at: at(0),
  ...fields,
});

describe('a ready sandbox', () => {
  it('is stopped once nothing used it for its idle TTL', () => {
    expect(due(box({}), false, 599_999)).toBeUndefined();
    expect(due(box({}), false, 600_000)).toBe('stop');
  });

  it('that was never used is idle since it was created', () => {
    expect(due(box({ last_used_at: null, created_at: at(100) }), false, 699_000)).toBeUndefined();
    expect(due(box({ last_used_at: null, created_at: at(100) }), false, 700_000)).toBe('stop');
  });

  it('goes on while something runs there, and without a TTL', () => {
    expect(due(box({}), true, 10_000_000)).toBeUndefined();
    expect(due(box({ idle_ttl_seconds: 0 }), false, 10_000_000)).toBeUndefined();
  });
});

describe('a stopped sandbox', () => {
  it('is deleted so long after it stopped, whenever it was used', () => {
    const stopped = box({ status: 'stopped', stopped_at: at(1000) });
    expect(due(stopped, false, 4_599_999)).toBeUndefined();
    expect(due(stopped, false, 4_600_000)).toBe('delete');
  });

  it('stays without a TTL, and while a request is about to wake it', () => {
    const stopped = box({ status: 'stopped', stopped_at: at(0) });
    expect(due({ ...stopped, delete_after_stop_seconds: 0 }, false, 1e12)).toBeUndefined();
    expect(due(stopped, true, 1e12)).toBeUndefined();
  });
});

it.each(['provisioning', 'failed', 'deleting'] as const)('one that is %s is left alone', (status) => {
  expect(due(box({ status }), false, 1e12)).toBeUndefined();
});
