import http from 'node:http';
import { once } from 'node:events';

/** A held layer gets this far: its download has begun and does not end. */
const bytesBeforeGate = 16 * 1024;

/**
 * A door in front of a registry that can hold downloads back: while it is held, every blob larger than 16 KiB stops
 * there until it is released or the client gives up. It starts released.
 * @param {string} registry host:port on plain HTTP
 * @returns {Promise<{ address: string, hold(): void, release(): void, state(): { held: boolean, waiting: string[] },
 *   close(): Promise<void> }>} `address` is host:port; `waiting` has the image name of each download at the gate,
 *   also of those that were given up: dockerd 20.10 keeps their connections open
 */
export async function startSlowRegistry(registry) {
  let opened = Promise.resolve();
  let open;
  const waiting = new Map();

  const passGate = async (download, image, gone) => {
    waiting.set(download, image);
    await Promise.race([opened, gone]);
    waiting.delete(download);
  };
  const server = http.createServer((request, response) => {
    const [host, port] = registry.split(':');
    const { method, url, headers } = request;
    const upstream = http.request({ host, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      const [, image] = /^\/v2\/(.+)\/blobs\//.exec(url ?? '') ?? [];
      if (method === 'GET' && image)
        void copyThrough((gone) => passGate(response, image, gone), answer, response);
      else answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    request.pipe(upstream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  return {
    address: `127.0.0.1:${server.address().port}`,
    hold: () => {
      if (!open) opened = new Promise((resolve) => (open = resolve));
    },
    release: () => {
      open?.();
      open = undefined;
    },
    state: () => ({ held: open !== undefined, waiting: [...waiting.values()] }),
    close: async () => {
      open?.();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function copyThrough(gate, from, to) {
  const gone = once(to, 'close');
  let sent = 0;
  try {
    for await (const chunk of from) {
      if (sent >= bytesBeforeGate) await gate(gone);
      sent += chunk.length;
      if (!to.write(chunk)) await Promise.race([once(to, 'drain'), gone]);
    }
    to.end();
  } catch {
    to.destroy(); // either side hung up: the other one has to see it
  }
}
