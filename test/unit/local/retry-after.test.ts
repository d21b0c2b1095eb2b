import type { Context } from 'hono';
import { expect, it } from 'vitest';
import { EngineError } from '../../../src/local/engine/engine-error';
import { Failure, notFound } from '../../../src/local/failure';
import type { RouterEnvironment } from '../../../src/local/router';
import { answerFailure } from '../../../src/local/services/failure-page';
import { apiKey, serverWith } from './fixture/server';

it('what is answered 503 says when to ask again, and nothing else does', async () => {
  const engine = {
    listImages: () => Promise.reject(new EngineError('engine-unreachable', 'nobody is there')),
  };
  const { endpoint } = await serverWith({ engine });
  const ask = async (path: string): Promise<[number, string | null]> => {
    const { status, headers } = await fetch(endpoint + path, { headers: { 'X-Api-Key': apiKey } });
    return [status, headers.get('retry-after')];
  };
  expect(await ask('/local/v1/images')).toEqual([503, '2']);
  expect(await ask('/local/v1/nothing')).toEqual([404, null]);
});

it('so does the page that a browser is given for a service', () => {
  const context = { req: { header: () => 'text/html' }, env: {} } as unknown as Context<RouterEnvironment>;
  const late = answerFailure(context, new Failure(503, 'ServiceUnavailable', 'It did not answer in time.'));
  expect([late.status, late.headers.get('retry-after')]).toEqual([503, '2']);
  expect(answerFailure(context, notFound('sandbox', 'x')).headers.get('retry-after')).toBeNull();
});
