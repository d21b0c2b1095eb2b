/** Clients derive different paths from one endpoint: `/v2/sandboxes`, `/api/v2/…`, `/api/v1/v2/…`. All mean the same. */
const prefix = /^\/api(?:\/v1)?(?=\/v2\/sandboxes(?:\/|$))/;

/** The path a request is routed by: its own, without the prefix and a slash at its end; still percent-encoded. */
export function canonicalPath(request: Request): string {
  const start = request.url.indexOf('/', request.url.indexOf('://') + 3);
  const end = request.url.search(/[?#]/);
  const path = request.url.slice(start, end < 0 ? undefined : end);
  return path.replace(prefix, '').replace(/(?<=.)\/$/, '');
}
