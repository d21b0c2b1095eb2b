import { expect, it } from 'vitest';
import { EngineError } from '../../../../src/local/engine/engine-error';
import { pullFailure } from '../../../../src/local/engine/pull-failure';

const kindOf = (message: string, hadCredentials = false): string =>
  pullFailure(new EngineError('other', message), hadCredentials).kind;

/** The words of Docker 20.10 and newer, of Podman 4, and of the registries behind them. */
it.each([
  ['write /var/lib/docker/tmp/GetImageBlob1: no space left on device', 'disk-full'],
  [
    'failed to register layer: Error processing tar file(exit status 1): no space left on device',
    'disk-full',
  ],
  ['no matching manifest for linux/arm64/v8 in the manifest list entries', 'wrong-platform'],
  ['image operating system "windows" cannot be used on this platform', 'wrong-platform'],
  [
    'choosing an image from manifest list: no image found in image index for architecture arm64',
    'wrong-platform',
  ],
  ['manifest for 127.0.0.1:5000/a:1 not found: manifest unknown: manifest unknown', 'image-not-found'],
  ['reading manifest 1 in 127.0.0.1:5000/a: manifest unknown', 'image-not-found'],
  [
    'Error response from daemon: failed to resolve reference "ghcr.io/a/b:1": ghcr.io/a/b:1: not found',
    'image-not-found',
  ],
  ['invalid reference format: repository name must be lowercase', 'bad-reference'],
  ['invalid reference format', 'bad-reference'],
  ['dial tcp 127.0.0.1:1: connect: connection refused', 'registry-unreachable'],
  [
    'Get "https://r.example/v2/": dial tcp: lookup r.example on 10.0.0.1:53: no such host',
    'registry-unreachable',
  ],
  [
    'net/http: request canceled while waiting for connection (Client.Timeout exceeded)',
    'registry-unreachable',
  ],
  ['Get "https://r.example/v2/": x509: certificate signed by unknown authority', 'registry-unreachable'],
  ['Get "https://r.example/v2/": http: server gave HTTP response to HTTPS client', 'registry-unreachable'],
  ['received unexpected HTTP status: 503 Service Unavailable', 'registry-unreachable'],
  ['Get "https://r.example/v2/": EOF', 'registry-unreachable'],
  ['toomanyrequests: You have reached your unauthenticated pull rate limit.', 'other'],
  ['something nobody has seen', 'other'],
])('"%s" is %s', (message, kind) => {
  expect(kindOf(message)).toBe(kind);
});

it.each([
  [
    'Head "https://r.example/v2/a/manifests/1": no basic auth credentials',
    'no-credentials',
    'wrong-credentials',
  ],
  ['unauthorized: authentication required', 'no-credentials', 'wrong-credentials'],
  ['unauthorized: incorrect username or password', 'no-credentials', 'wrong-credentials'],
  [
    "pull access denied for a/b, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    'no-credentials',
    'image-not-found',
  ],
])('"%s" is %s without credentials and %s with them', (message, without, withThem) => {
  expect([kindOf(message), kindOf(message, true)]).toEqual([without, withThem]);
});

it('a missing image that is told by status alone is not found', () => {
  expect(pullFailure(new EngineError('not-found', 'nothing here'), false).kind).toBe('image-not-found');
});

it('an engine that went away is not the registry’s fault', () => {
  const gone = new EngineError('engine-unreachable', 'connection refused');
  expect(pullFailure(gone, true)).toBe(gone);
});

it('the sentence is the engine’s, without the request it made', () => {
  const failure = pullFailure(
    new EngineError(
      'other',
      'Error response from daemon: Get "https://r.example/v2/": dial tcp:\n no such host',
    ),
    false,
  );
  expect(failure.message).toBe('dial tcp: no such host');
});
