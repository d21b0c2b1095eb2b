import http from 'node:http';
import { once } from 'node:events';
import { json } from 'node:stream/consumers';

/**
 * The tests' hand on the registries, over HTTP on 127.0.0.1:
 * `POST /hold` and `POST /release` with `{image}` work that image's gate at the slow registry, `GET /` tells
 * `{held, waiting}`,
 * `POST /images` with `{layers?, mebibytes?, os?}` pushes an image that no engine has and gives `{image: "name:tag"}`.
 * @param {Awaited<ReturnType<import('./slow-registry.mjs').startSlowRegistry>>} slow
 * @param {Awaited<ReturnType<import('./test-images.mjs').seedRegistries>>} freshImage
 * @returns {Promise<{ url: string, close(): void }>}
 */
export async function startRegistryControl(slow, freshImage) {
  const routes = {
    'GET /': () => slow.state(),
    'POST /hold': async (request) => (slow.hold((await json(request)).image), slow.state()),
    'POST /release': async (request) => (slow.release((await json(request)).image), slow.state()),
    'POST /images': async (request) => ({ image: await freshImage(await json(request)) }),
  };
  const server = http.createServer(async (request, response) => {
    const route = routes[`${request.method} ${request.url}`];
    const [status, answer] = await attempt(() => route?.(request));
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

async function attempt(work) {
  try {
    const answer = await work();
    return answer ? [200, answer] : [404, { error: 'no such route' }];
  } catch (error) {
    return [500, { error: error.message }];
  }
}
