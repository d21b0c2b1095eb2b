import net from 'node:net';

/** @returns {Promise<number>} a TCP port on 127.0.0.1 that nobody held a moment ago; another program may be quicker */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
