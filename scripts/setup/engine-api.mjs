import http from 'node:http';

/**
 * One request to a Docker-compatible engine.
 * @param {string} engine `unix:///path`, `npipe:////./pipe/name`, `tcp://host:port` or `http://host:port`
 * @param {string} method
 * @param {string} path with query, no API version: the engine answers with its own
 * @param {{ body?: import('node:stream').Readable, headers?: http.OutgoingHttpHeaders, timeoutMs?: number }} [options]
 * @returns {Promise<{ status: number, text: string }>} rejects when nobody answers in `timeoutMs` (default 5 s)
 */
export function engineRequest(engine, method, path, { body, headers, timeoutMs = 5000 } = {}) {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const request = http.request(
      { ...address(engine), method, path, headers, signal, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text })).on('error', reject);
      },
    );
    request.on('error', reject);
    if (body) body.on('error', reject).pipe(request);
    else request.end();
  });
}

/** @returns {Promise<boolean>} whether a Docker-compatible engine answers there */
export async function engineAnswers(engine) {
  try {
    return (await engineRequest(engine, 'GET', '/_ping')).status === 200;
  } catch {
    return false;
  }
}

function address(engine) {
  const { protocol, hostname, port, pathname } = new URL(engine);
  if (protocol === 'unix:' || protocol === 'npipe:')
    return { socketPath: decodeURIComponent(pathname), host: 'engine' };
  if (protocol === 'tcp:' || protocol === 'http:') return { host: hostname, port: Number(port || 2375) };
  throw new Error(`The engine address ${engine} has to start with unix://, npipe:// or tcp://.`);
}
