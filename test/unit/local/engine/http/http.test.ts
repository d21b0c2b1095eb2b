import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { engineAddress } from '../../../../../src/local/engine/address';
import { openHttp } from '../../../../../src/local/engine/http/http';

it('a body that is given up is heard when it breaks: unheard, that would end the process', async () => {
  const server = createServer((_request, response) => void response.writeHead(200).write('more to come'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const http = openHttp(engineAddress(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`));
  onTestFinished(async () => {
    await http.close();
    server.closeAllConnections();
    server.close();
  });
  const { body } = await http.send({ method: 'GET', path: '/' }, AbortSignal.timeout(10_000));
  expect(body.listenerCount('error')).toBe(1);
  body.destroy();
});
