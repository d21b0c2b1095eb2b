import { describe, expect, it } from 'vitest';
import { readErrorBody } from '../../../src/api/error-body';
import type { ApiErrorKind } from '../../../src/api/errors';
import { failureOfReply, failureOfThrown, readRetryAfter } from '../../../src/api/failure';

const call = { method: 'POST', path: '/api/v2/sandboxes/boxes' };

describe('an error body', () => {
  it('gives the server’s sentence, type and id from an object', () => {
    const body = { detail: { error: 'ImagePull', message: 'no such image', error_id: 'e-1' } };
    expect(readErrorBody(JSON.stringify(body))).toEqual({
      message: 'no such image',
      errorType: 'ImagePull',
      errorId: 'e-1',
    });
  });

  it('joins validation errors and names the field of the first', () => {
    const detail = [
      { loc: ['body', 'vcpus'], msg: 'too many', type: 'value_error' },
      { loc: ['body', 'name'], msg: 'too long', type: 'value_error' },
    ];
    expect(readErrorBody(JSON.stringify({ detail }))).toMatchObject({
      message: 'too many; too long',
      field: 'vcpus',
    });
  });

  it('takes a plain text', () => {
    expect(readErrorBody('{"detail":"gone"}')).toEqual({ message: 'gone' });
  });

  it.each(['', 'not json', '[]', '{}', '{"detail":7}', 'null'])('is empty for %j', (text) => {
    expect(readErrorBody(text).message).toBeUndefined();
  });
});

describe('a status', () => {
  it.each<[number, ApiErrorKind]>([
    [400, 'invalid'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [404, 'not-found'],
    [408, 'timeout'],
    [409, 'conflict'],
    [416, 'invalid'],
    [422, 'invalid'],
    [429, 'quota'],
    [500, 'server'],
    [501, 'server'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'timeout'],
  ])('%i means %s', (status, kind) => {
    expect(failureOfReply(call, status, {}, '')).toMatchObject({ kind, status, ...call });
  });

  it('without a body still makes a sentence', () => {
    expect(failureOfReply(call, 502, {}, '<html>').message).toBe(
      'POST /api/v2/sandboxes/boxes was answered with HTTP 502',
    );
  });
});

describe('a connection that never stood', () => {
  it.each([
    ['ENOTFOUND', 'host-unknown'],
    ['EAI_AGAIN', 'host-unknown'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate'],
    ['UND_ERR_CONNECT_TIMEOUT', 'connect-timeout'],
    ['EHOSTUNREACH', 'no-server'],
  ])('for %s is unreachable: %s', (code, problem) => {
    const thrown = Object.assign(new Error('thrown'), { code });
    expect(failureOfThrown(call, thrown, new AbortController().signal, 1000)).toMatchObject({
      kind: 'unreachable',
      obstacle: { problem, code },
    });
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['2', 2000],
    ['0.5', 500],
    ['-3', 0],
    ['Thu, 01 Jan 2026 00:00:10 GMT', 10_000],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j is %j ms', (header, ms) => {
    expect(readRetryAfter(header, now)).toBe(ms);
  });
});
