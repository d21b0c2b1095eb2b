import { describe, expect, it } from 'vitest';
import { parseImageReference, suggestedSnapshotName } from '../../../src/app/image-reference';

describe('an image reference', () => {
  it.each([
    ['python', { registry: 'docker.io', repository: 'python', tag: undefined }],
    ['python:3.12-slim', { registry: 'docker.io', repository: 'python', tag: '3.12-slim' }],
    ['docker.io/library/python:3', { registry: 'docker.io', repository: 'python', tag: '3' }],
    ['team/base', { registry: 'docker.io', repository: 'team/base' }],
    ['localhost/base:1', { registry: 'localhost', repository: 'base', tag: '1' }],
    ['localhost:5000/base:1', { registry: 'localhost:5000', repository: 'base', tag: '1' }],
    ['127.0.0.1:5000/a/b', { registry: '127.0.0.1:5000', repository: 'a/b' }],
    ['registry:5000/base', { registry: 'registry:5000', repository: 'base' }],
    ['ghcr.io/org/deep/path_x:v1', { registry: 'ghcr.io', repository: 'org/deep/path_x', tag: 'v1' }],
    [
      `debian@sha256:${'a'.repeat(64)}`,
      { registry: 'docker.io', repository: 'debian', digest: `sha256:${'a'.repeat(64)}` },
    ],
  ])('%s is read', (text, image) => {
    expect(parseImageReference(text)).toMatchObject({ ok: true, image });
  });

  it.each([
    ['', 'empty'],
    ['python 3', 'spaces'],
    ['https://docker.io/python', 'url'],
    ['Python', 'uppercase'],
    ['python:', 'malformed'],
    ['-python', 'malformed'],
    ['python:3@sha256:short', 'malformed'],
    ['a//b', 'malformed'],
  ])('%j is refused as %s', (text, problem) => {
    expect(parseImageReference(text)).toEqual({ ok: false, problem });
  });

  it('suggests the last part of its path as a name', () => {
    const parsed = parseImageReference('registry.example.com:5000/team/base:1');
    expect(parsed.ok && suggestedSnapshotName(parsed.image)).toBe('base');
  });
});
