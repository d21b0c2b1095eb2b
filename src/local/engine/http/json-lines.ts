import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { EngineError } from '../engine-error';
import { connectionFailure } from './connection-failure';

/** The lines of a progress stream. Ends the stream when its reader leaves; rejects as `send` does. */
export async function* jsonLines<Shape extends z.ZodType>(
  body: Readable,
  shape: Shape,
  url: string,
  signal: AbortSignal,
): AsyncGenerator<z.infer<Shape>> {
  try {
    for await (const text of linesOf(body)) yield parse(text, shape);
  } catch (error) {
    throw connectionFailure(error, url, signal);
  } finally {
    body.destroy();
  }
}

async function* linesOf(body: Readable): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of body.setEncoding('utf8') as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    yield* lines.filter((line) => line.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}

function parse<Shape extends z.ZodType>(text: string, shape: Shape): z.infer<Shape> {
  try {
    return shape.parse(JSON.parse(text));
  } catch (cause) {
    throw new EngineError('other', 'The container engine sent progress that can’t be read.', { cause });
  }
}
