import http from 'node:http';
import { once } from 'node:events';

/** A held layer gets this far: its download has begun and does not end. */
const bytesBeforeGate = 16 * 1024;

/**
 * A door in front of a registry that can hold an image's downloads back: while it is held, each of its blobs larger
 * than 16 KiB stops there until it is released or the client gives up. One image's gate is nothing to the others.
 * @param {string} registry host:port on plain HTTP
 * @returns {Promise<{ address: string, hold(image: string): void, release(image: string): void,
 *   state(): { held: string[], waiting: string[] }, close(): Promise<void> }>} `address` is host:port, an image is
 *   given without its tag; `waiting` has the image of each download at a gate, also of those that were given up:
 *   dockerd 20.10 keeps their connections open
 */
export async function startSlowRegistry(registry) {
  /** By image: what opens its gate, and the promise of that. */
  const gates = new Map();
  const waiting = new Map();

  const passGate = async (download, image, gone) => {
    const gate = gates.get(image);
    if (!gate) return;
    waiting.set(download, image);
    await Promise.race([gate.opened, gone]);
    waiting.delete(download);
  };
  const release = (image) => {
    gates.get(image)?.open();
    gates.delete(image);
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
    hold: (image) => {
      if (gates.has(image)) return;
      let open;
      const opened = new Promise((resolve) => (open = resolve));
      gates.set(image, { open, opened });
    },
    release,
    state: () => ({ held: [...gates.keys()], waiting: [...waiting.values()] }),
    close: async () => {
      for (const image of gates.keys()) release(image);
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
