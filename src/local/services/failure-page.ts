import type { Context } from 'hono';
import { Failure, retryHeader } from '../failure';
import type { RouterEnvironment } from '../router';

/** A refusal as a small page, for a browser that asks for one. Throws the error again for everybody else. */
export function answerFailure(context: Context<RouterEnvironment>, error: unknown): Response {
  const wantsPage = (context.req.header('accept') ?? '').includes('text/html');
  if (!(error instanceof Failure) || !wantsPage || context.env.upgrade) throw error;
  const page = `<!doctype html><meta charset="utf-8"><title>${error.status}</title>
<body style="font: 16px system-ui; margin: 15vh auto; max-width: 34em"><p>${escaped(error.message)}</p></body>`;
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
    'Cache-Control': 'no-store',
    ...retryHeader(error),
  };
  return new Response(page, { status: error.status, headers });
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
