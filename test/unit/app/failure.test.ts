import { describe, expect, it } from 'vitest';
import { ApiError, ResourceFailedError, WaitTimeoutError } from '../../../src/api/errors';
import { MissingKeyError } from '../../../src/app/credentials';
import { failureOf, isRefusedByRegistry } from '../../../src/app/failure';
import { LocalServerError } from '../../../src/app/local-process/server-error';

describe('a failure', () => {
  it.each([
    [new ApiError('Taken.', { kind: 'conflict', method: 'POST', path: '/x' }), 'conflict', 'Taken.'],
    [new ResourceFailedError('sandbox', 'a', 'failed', 'No room.'), 'resource-failed', 'No room.'],
    [
      new ResourceFailedError('snapshot', 'a', 'failed', 'r refused the user name or password.'),
      'registry-refused',
      'r refused the user name or password.',
    ],
    [new WaitTimeoutError('snapshot', 'a', 'building', 1000), 'still-going', 'building'],
    [new MissingKeyError(), 'no-key', ''],
    [new LocalServerError('no-engine', ['DOCKER_HOST: not set', 'sock: none']), 'no-engine', 'sock: none'],
    [new Error('odd'), 'defect', 'odd'],
    ['not even an error', 'defect', ''],
  ])('of %s has its cause and the server’s words', (error, cause, reason) => {
    expect(failureOf(error)).toEqual({ cause, reason, error });
  });

  it('has its reason in one line of bounded length', () => {
    const { reason } = failureOf(
      new ResourceFailedError('sandbox', 'a', 'failed', `first\n  at x\n${'y'.repeat(999)}`),
    );
    expect(reason).toMatch(/^first at x yyy/);
    expect(reason).toHaveLength(300);
  });
});

it.each([
  ['registry.example.com refused the user name or password of registry x.', true],
  ['localhost:5000 asks for a user name and a password for a:1, or has no such image.', true],
  ['unauthorized: incorrect username or password', true],
  ['pull access denied for x, repository does not exist', true],
  ['docker.io has no image python:9. Check its name and tag.', false],
  ['no space left on device', false],
])('%j is about credentials: %s', (reason, expected) => {
  expect(isRefusedByRegistry(reason)).toBe(expected);
});
