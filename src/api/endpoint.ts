export type ParsedEndpoint = { ok: true; endpoint: string } | { ok: false; reason: string };

/**
 * Reads what a person typed as the address of LangSmith or of a local server.
 * Gives it without trailing slashes and without the `/api`, `/api/v1` or `/v2/sandboxes` that people paste along.
 */
export function parseEndpoint(text: string): ParsedEndpoint {
  const typed = text.trim();
  if (typed === '')
    return { ok: false, reason: 'Enter an endpoint, such as https://api.smith.langchain.com.' };
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  } catch {
    return {
      ok: false,
      reason: `“${typed}” is not a URL. Enter one such as https://api.smith.langchain.com.`,
    };
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    return { ok: false, reason: 'An endpoint starts with https:// or http://.' };
  }
  if (url.username !== '' || url.password !== '') {
    return { ok: false, reason: 'Leave the user name and password out of the endpoint.' };
  }
  if (url.search !== '' || url.hash !== '') {
    return { ok: false, reason: 'An endpoint has no query and no fragment.' };
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    return { ok: false, reason: 'Over http:// the API key could be read on the way. Use https://.' };
  }
  const path = url.pathname.replace(/\/+$/, '').replace(/(\/api(\/v1)?)?(\/v2\/sandboxes)?$/, '');
  return { ok: true, endpoint: `${url.origin}${path}` };
}

/** Only a loopback address may be spoken to in the clear. */
function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}

/** Where the official clients of today put the control plane, below the endpoint (JS SDK 0.12, `utils/api_url`). */
export const sandboxesPath = '/api/v2/sandboxes';
