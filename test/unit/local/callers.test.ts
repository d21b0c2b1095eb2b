import { expect, it } from 'vitest';
import { isOwnHost } from '../../../src/local/caller-check';
import { endpointFor } from '../../../src/local/endpoint';
import { canonicalPath } from '../../../src/local/wire-prefix';

it.each([
  'localhost',
  'localhost:80',
  'LOCALHOST',
  'x.localhost:1',
  '127.0.0.1:5',
  '[::1]:9',
  '10.1.2.3',
  'my-host',
])('Host %s is ours', (host) => {
  expect(isOwnHost(host, ['my-host'])).toBe(true);
});

it.each([
  'example.com',
  'localhost.example.com',
  '0d1ccb2b-9fd3-4c8e-8a5c-0a52e3d0a7f4--80.localhost.example.com',
  '0d1ccb2b-9fd3-4c8e-8a5c-0a52e3d0a7f4--80.my-host',
  '127.0.0.1.nip.io',
  'xlocalhost',
  'me@localhost',
  'localhost/x',
  '',
])('Host "%s" is not', (host) => {
  expect(isOwnHost(host, ['my-host'])).toBe(false);
});

it.each([
  ['/v2/sandboxes/boxes', '/v2/sandboxes/boxes'],
  ['/api/v2/sandboxes/boxes?limit=1', '/v2/sandboxes/boxes'],
  ['/api/v1/v2/sandboxes', '/v2/sandboxes'],
  ['/api/v1/v2/sandboxes/', '/v2/sandboxes'],
  ['/v2/sandboxes/boxes/a%2Fb', '/v2/sandboxes/boxes/a%2Fb'],
  ['/api/v3/v2/sandboxes', '/api/v3/v2/sandboxes'],
  ['/api/v2/sandboxesque', '/api/v2/sandboxesque'],
  ['/', '/'],
])('%s is routed as %s', (path, routed) => {
  expect(canonicalPath(new Request(`http://127.0.0.1:1${path}`))).toBe(routed);
});

it.each([
  ['127.0.0.1:5', 'http://127.0.0.1:4000'],
  ['localhost', 'http://127.0.0.1:4000'],
  ['x.localhost:1', 'http://127.0.0.1:4000'],
  ['[::1]:9', 'http://127.0.0.1:4000'],
  ['0.0.0.0:4000', 'http://127.0.0.1:4000'],
  ['10.1.2.3:4000', 'http://10.1.2.3:4000'],
  ['[fd00::2]:4000', 'http://[fd00::2]:4000'],
  ['My-Host', 'http://my-host'],
])('who calls %s is given URLs of %s', (host, endpoint) => {
  expect(endpointFor(host, 'http://127.0.0.1:4000')).toBe(endpoint);
});
