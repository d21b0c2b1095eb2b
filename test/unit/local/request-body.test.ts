import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { usualBounds } from '../../../src/local/bounds';
import { Failure } from '../../../src/local/failure';
import { readBody } from '../../../src/local/request-body';
import type { RouterEnvironment } from '../../../src/local/router';

const shape = z.object({
  name: z.string(),
  size: z.int().min(1).max(5).optional(),
  kind: z.enum(['a', 'b']).optional(),
  list: z.array(z.object({ deep: z.boolean() })).optional(),
});

async function read(body: string): Promise<unknown> {
  const app = new Hono<RouterEnvironment>();
  app.use((context, next) => {
    context.set('bounds', usualBounds);
    return next();
  });
  app.onError((error) => {
    throw error;
  });
  let outcome: unknown;
  app.post('/', async (context) => {
    outcome = await readBody(context, shape).catch((error: unknown) => error);
    return context.body(null);
  });
  await app.request('/', { method: 'POST', body });
  return outcome;
}

it('a body that fits is given', async () => {
  expect(await read('{"name":"x","size":5,"more":true}')).toEqual({ name: 'x', size: 5 });
});

it.each([
  ['', ['body', 'name'], 'name is required.'],
  ['{"name":null}', ['body', 'name'], 'name must be a text, not null.'],
  ['{"name":"x","size":"5"}', ['body', 'size'], 'size must be a number, not a string.'],
  ['{"name":"x","size":1.5}', ['body', 'size'], 'size must be a whole number, not 1.5.'],
  ['{"name":"x","size":9}', ['body', 'size'], 'size must be at most 5.'],
  ['{"name":"x","kind":"c"}', ['body', 'kind'], 'kind must be one of a, b.'],
  ['{"name":"x","list":[{"deep":1}]}', ['body', 'list', 0, 'deep'], 'list.0.deep must be true or false'],
  ['[]', ['body'], 'The body must be an object, not a list.'],
])('%s is refused by field and sentence', async (body, loc, sentence) => {
  const failure = await read(body);
  expect(failure).toBeInstanceOf(Failure);
  expect(failure).toMatchObject({ status: 422, fields: [{ loc }] });
  expect((failure as Failure).message).toContain(sentence);
});

it('what is no JSON and what is too large have statuses of their own', async () => {
  expect(await read('{')).toMatchObject({ status: 400, message: 'The body is not valid JSON.' });
  expect(await read(JSON.stringify({ name: 'x'.repeat(1024 * 1024) }))).toMatchObject({ status: 413 });
});
