import { describe, expect, it, vi } from 'vitest';
import { ApiError, type Obstacle } from '../../../../src/api/errors';
import { failureOf, type FailureCause } from '../../../../src/app/failure';

vi.mock('vscode', () => import('../l10n'));

const { failureSentence, why } = await import('../../../../src/ui/words/failures');

const causes: Record<FailureCause, true> = {
  unauthorized: true,
  forbidden: true,
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
  'in-use': true,
  'cut-off': true,
  busy: true,
  'no-key': true,
  file: true,
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

  it.each<[Obstacle, string]>([
    [{ problem: 'no-server', code: 'ECONNREFUSED' }, 'no server answers there (ECONNREFUSED)'],
    [{ problem: 'host-unknown', code: 'ENOTFOUND' }, 'the host name is unknown'],
    [
      { problem: 'certificate', code: 'CERT_HAS_EXPIRED' },
      'the server’s certificate is not trusted (CERT_HAS_EXPIRED)',
    ],
    [
      { problem: 'connect-timeout', code: 'UND_ERR_CONNECT_TIMEOUT' },
      'the server did not accept a connection in time',
    ],
  ])('tells what stands in the way of the server: %j', (obstacle, sentence) => {
    const error = new ApiError('for the log', { kind: 'unreachable', obstacle, method: 'GET', path: '/' });
    expect(why(failureOf(error))).toBe(sentence);
  });
});
