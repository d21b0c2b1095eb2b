import { describe, expect, it } from 'vitest';
import { fullReference, parseImageReference } from '../../../src/local/image-reference';
import { normaliseRegistryUrl, registryProvider } from '../../../src/local/registry-url';
import { isResourceName } from '../../../src/local/resource-name';
import { isSnapshotName, isTag, parseSnapshotName } from '../../../src/local/snapshot-name';

describe('snapshot names', () => {
  it.each(['a', 'python', 'team/app', 'a.b_c__d--e/f0', 'x'.repeat(255)])('%s is one', (name) => {
    expect(isSnapshotName(name)).toBe(true);
  });

  it.each(['', 'A', '/a', 'a/', 'a//b', '-a', 'a-', 'a..b', 'a___b', 'a b', 'a:b', 'x'.repeat(256)])(
    '"%s" is none',
    (name) => {
      expect(isSnapshotName(name)).toBe(false);
    },
  );

  it('tags have letters, digits and some marks', () => {
    expect(['v1', '_x', 'A.b-c', '1'.repeat(128)].map(isTag)).toEqual([true, true, true, true]);
    expect(['', '.x', '-x', 'a/b', 'a:b', '1'.repeat(129)].map(isTag)).not.toContain(true);
  });

  it('a name has a tag or none', () => {
    expect(parseSnapshotName('team/app')).toEqual({ name: 'team/app' });
    expect(parseSnapshotName('team/app:v1')).toEqual({ name: 'team/app', tag: 'v1' });
    expect(parseSnapshotName('team/app:')).toBeUndefined();
    expect(parseSnapshotName('a:b:c')).toBeUndefined();
  });
});

describe('resource names', () => {
  it.each(['sandbox-1a2b', 'snapshot-builder-0123456789ab', 'A.b_c', 'x'.repeat(128)])(
    '%s is one',
    (name) => {
      expect(isResourceName(name)).toBe(true);
    },
  );

  it.each([
    '',
    '-a',
    'a/b',
    'a b',
    'boxes',
    'usage',
    'd9b1d7db-52f3-4e7e-8f0a-000000000000',
    'x'.repeat(129),
  ])('"%s" is none', (name) => {
    expect(isResourceName(name)).toBe(false);
  });
});

describe('image references', () => {
  const digest = `sha256:${'a'.repeat(64)}`;

  it.each([
    ['busybox', 'docker.io/library/busybox:latest'],
    ['busybox:1', 'docker.io/library/busybox:1'],
    ['team/app', 'docker.io/team/app:latest'],
    ['index.docker.io/team/app:1', 'docker.io/team/app:1'],
    ['localhost/app:1', 'localhost/app:1'],
    ['localhost:5000/app', 'localhost:5000/app:latest'],
    ['registry.example.com/a/b/c:v2', 'registry.example.com/a/b/c:v2'],
    ['[::1]:5000/app:1', '[::1]:5000/app:1'],
    [`busybox@${digest}`, `docker.io/library/busybox@${digest}`],
    [`busybox:1@${digest}`, `docker.io/library/busybox@${digest}`],
  ])('%s means %s', (text, full) => {
    const parsed = parseImageReference(text);
    expect(parsed && fullReference(parsed)).toBe(full);
  });

  it.each(['', 'Upper', 'a b', 'a:', ':1', 'a@sha256:short', 'https://x/y', 'a/B', 'x/', '../x'])(
    '"%s" is none',
    (text) => {
      expect(parseImageReference(text)).toBeUndefined();
    },
  );

  it('say whether they name their host themselves', () => {
    expect(parseImageReference('team/app')?.hasHost).toBe(false);
    expect(parseImageReference('docker.io/team/app')?.hasHost).toBe(true);
  });
});

describe('registry URLs', () => {
  it.each([
    ['https://Registry.Example.com/', 'registry.example.com'],
    ['registry.example.com', 'registry.example.com'],
    ['http://127.0.0.1:5000', '127.0.0.1:5000'],
    ['localhost:5000/', 'localhost:5000'],
    ['ghcr.io/team/', 'ghcr.io/team'],
    ['https://index.docker.io/v1/', 'docker.io'],
    ['https://registry.example.com/v2/', 'registry.example.com'],
  ])('%s is kept as %s', (text, url) => {
    expect(normaliseRegistryUrl(text)).toBe(url);
  });

  it.each(['', 'ftp://x', 'https://me:pw@x', 'https://x?y', 'a b', 'https://'])('"%s" is refused', (text) => {
    expect(normaliseRegistryUrl(text)).toBeUndefined();
  });

  it('tell the provider', () => {
    const hosts = [
      'docker.io',
      'ghcr.io/team',
      '123.dkr.ecr.eu-west-1.amazonaws.com',
      'europe-docker.pkg.dev/p',
      'x.example.com',
    ];
    expect(hosts.map(registryProvider)).toEqual(['DOCKER_HUB', 'GHCR', 'ECR', 'GAR', 'DOCKER_REGISTRY']);
  });
});
