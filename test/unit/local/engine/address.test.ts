import { expect, it } from 'vitest';
import { engineAddress } from '../../../../src/local/engine/address';

it.each([
  ['unix:///var/run/docker.sock', { socketPath: '/var/run/docker.sock' }],
  [
    '/run/podman/podman.sock',
    { url: 'unix:///run/podman/podman.sock', socketPath: '/run/podman/podman.sock' },
  ],
  ['npipe:////./pipe/docker_engine', { socketPath: '//./pipe/docker_engine' }],
  ['tcp://10.0.0.5:2375', { origin: 'http://10.0.0.5:2375' }],
  ['tcp://10.0.0.5', { origin: 'http://10.0.0.5:2375' }],
  ['http://localhost:80/', { origin: 'http://localhost:80' }],
  ['https://engine.example:2376', { origin: 'https://engine.example:2376' }],
  ['tcp://[::1]:2375', { origin: 'http://[::1]:2375' }],
])('%s is understood', (url, address) => {
  expect(engineAddress(url)).toMatchObject(address);
});

it('a tcp address with certificates means TLS', () => {
  const tls = { ca: 'PEM', isServerVerified: true };
  expect(engineAddress('tcp://engine.example', tls)).toMatchObject({
    origin: 'https://engine.example:2376',
    tls,
  });
});

it('ssh is refused with what to do instead', () => {
  expect(() => engineAddress('ssh://me@host')).toThrow(/not supported.*ssh -NL.*unix:\/\//);
});

it.each(['', 'docker', 'unix://', 'fd://', 'tcp://', 'tcp://a b', 'localhost:2375'])(
  '"%s" is refused with the forms there are',
  (url) => {
    expect(() => engineAddress(url)).toThrow(/not an engine address\. Use .*tcp:\/\/HOST:PORT/);
  },
);
