import { describe, expect, it, vi } from 'vitest';
import type { FailureCause } from '../../../../src/app/failure';

vi.mock('vscode', () => import('../l10n'));

const { failureSentence, why } = await import('../../../../src/ui/words/failures');

const causes: Record<FailureCause, true> = {
  unauthorized: true,
  'not-found': true,
  conflict: true,
  invalid: true,
  quota: true,
  timeout: true,
  unavailable: true,
  server: true,
  unreachable: true,
  ambiguous: true,
  deadline: true,
  'registry-refused': true,
  'resource-failed': true,
  'still-going': true,
  'no-key': true,
  'no-engine': true,
  'local-key-refused': true,
  'local-exited': true,
  'local-silent': true,
  defect: true,
};

describe('the sentence of a failure', () => {
  it.each(Object.keys(causes) as FailureCause[])('has words for %s, also without a reason', (cause) => {
    const sentence = failureSentence('Could not build snapshot x', { cause, reason: '', error: undefined });
    expect(sentence).toMatch(/^Could not build snapshot x: .{8,}\.$/);
    expect(sentence).not.toMatch(/unknown error|undefined|!|please/i);
  });

  it('is the server’s own where it gave one, with one full stop', () => {
    const failure = { cause: 'resource-failed', reason: 'The disk is full.', error: undefined } as const;
    expect(failureSentence('Could not build snapshot x', failure)).toBe(
      'Could not build snapshot x: The disk is full.',
    );
  });

  it('flows on from the first half', () => {
    const failure = {
      cause: 'unreachable',
      reason: 'No server answers there (ECONNREFUSED)',
      error: undefined,
    } as const;
    expect(why(failure)).toBe('no server answers there (ECONNREFUSED)');
  });
});
