import type { Context } from 'hono';
import type { z } from 'zod';
import { Failure, invalidFields, invalidRequest } from './failure';
import { sentenceOf } from './issue-sentence';
import type { RouterEnvironment } from './router';

const mostBytes = 1024 * 1024;

/**
 * The JSON body in the wanted shape; no body counts as `{}`. Throws Failure: 413 beyond 1 MiB, 408 when it takes too long, 400 for what is no UTF-8 or no JSON,
 * 422 naming each field that does not fit.
 */
export async function readBody<T extends z.ZodType>(
  context: Context<RouterEnvironment>,
  shape: T,
): Promise<z.infer<T>> {
  const text = await readText(context.req.raw, context.get('bounds').bodyMs);
  let json: unknown;
  try {
    json = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    throw invalidRequest('The body is not valid JSON.');
  }
  const parsed = shape.safeParse(json, { error: sentenceOf });
  if (parsed.success) return parsed.data;
  throw invalidFields(
    parsed.error.issues.map(({ path, message }) => ({ loc: ['body', ...path.map(segment)], msg: message })),
  );
}

async function readText(request: Request, limitMs: number): Promise<string> {
  if (!request.body) return '';
  if (Number(request.headers.get('content-length') ?? 0) > mostBytes) throw tooLarge();
  const limit = AbortSignal.timeout(limitMs);
  const reader = request.body.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  const abort = (): void => void reader.cancel();
  limit.addEventListener('abort', abort, { once: true });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > mostBytes) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(part.value);
  }
  limit.removeEventListener('abort', abort);
  if (limit.aborted) throw new Failure(408, 'Timeout', 'The body did not arrive in time.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw invalidRequest('The body is not valid UTF-8.');
  }
}

function tooLarge(): Failure {
  return new Failure(
    413,
    'TooLarge',
    `A JSON body may have at most ${mostBytes} bytes. Send files by upload.`,
  );
}

function segment(part: PropertyKey): string | number {
  return typeof part === 'symbol' ? part.toString() : part;
}
