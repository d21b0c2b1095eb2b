import { text } from 'node:stream/consumers';
import type { z } from 'zod';
import { EngineError } from '../engine-error';
import { connectionFailure } from './connection-failure';
import type { EngineHttp, EngineRequest } from './http';

/** Sends and reads the whole reply. Rejects as `send` does, and with `other` for a reply of another shape. */
export async function sendForJson<Shape extends z.ZodType>(
  http: EngineHttp,
  request: EngineRequest,
  shape: Shape,
  signal: AbortSignal,
): Promise<z.infer<Shape>> {
  const said = await text(await http.send(request, signal)).catch((error: unknown) => {
    throw connectionFailure(error, http.url, signal);
  });
  const parsed = shape.safeParse(parse(said));
  if (parsed.success) return parsed.data;
  const message = `The container engine's answer to ${request.method} ${request.path} can't be read.`;
  throw new EngineError('other', message, { cause: parsed.error });
}

/** Sends where the reply holds nothing of use. */
export async function sendForNothing(
  http: EngineHttp,
  request: EngineRequest,
  signal: AbortSignal,
): Promise<void> {
  await text(await http.send(request, signal)).catch((error: unknown) => {
    throw connectionFailure(error, http.url, signal);
  });
}

function parse(said: string): unknown {
  try {
    return JSON.parse(said);
  } catch {
    return undefined;
  }
}
