/** One request in the server's log, such as `GET /boxes/{id} 200`. */
const line = /\b(GET|HEAD|POST|PATCH|DELETE) (?:\/api(?:\/v1)?)?\/v2\/sandboxes(\/\S*) (\d{3}) \d+ ms$/;
const id = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** The requests in a piece of the log, with ids and names masked. The same one time and again is one: waiting takes what it takes. */
export function requestsIn(log: string, unique: string): string[] {
  const requests = log
    .split('\n')
    .map((text) => line.exec(text))
    .filter((match) => match !== null)
    .map(
      ([, method, path = '', status]) => `${method} ${masked(decodeURIComponent(path), unique)} ${status}`,
    );
  return requests.filter((request, index) => !isWaiting(request) || request !== requests[index - 1]);
}

export function masked(text: string, unique: string): string {
  return text.replaceAll(unique, '{unique}').replaceAll(id, '{id}');
}

function isWaiting(request: string): boolean {
  return /^GET \/(?:boxes\/[^/]+\/status|snapshots\/[^/]+) 200$/.test(request);
}
