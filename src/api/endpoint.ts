import { isLoopback } from './network/proxy-route';

export type EndpointProblem = 'empty' | 'not-a-url' | 'scheme' | 'credentials' | 'query' | 'in-the-clear';

export type ParsedEndpoint = { ok: true; endpoint: string } | { ok: false; problem: EndpointProblem };

/**
 * Reads what a person typed as the address of LangSmith or of a local server.
 * Gives it without trailing slashes and without the `/api`, `/api/v1` or `/v2/sandboxes` that people paste along.
 */
export function parseEndpoint(text: string): ParsedEndpoint {
  const typed = text.trim();
  if (typed === '') return { ok: false, problem: 'empty' };
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`;
  if (!URL.canParse(absolute)) return { ok: false, problem: 'not-a-url' };
  const url = new URL(absolute);
  const problem = problemOf(url);
  if (problem) return { ok: false, problem };
  const path = url.pathname.replace(/\/+$/, '').replace(/(\/api(\/v1)?)?(\/v2\/sandboxes)?$/, '');
  return { ok: true, endpoint: `${url.origin}${path}` };
}

/** Only a loopback address may be spoken to in the clear. */
function problemOf(url: URL): EndpointProblem | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'scheme';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (url.search !== '' || url.hash !== '') return 'query';
  return url.protocol === 'http:' && !isLoopback(url.hostname) ? 'in-the-clear' : undefined;
}

/** Where the official clients of today put the control plane, below the endpoint (JS SDK 0.12, `utils/api_url`). */
export const sandboxesPath = '/api/v2/sandboxes';
