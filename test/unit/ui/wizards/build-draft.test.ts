import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../src/api/secret';
import {
  buildRequest,
  chooseImage,
  newBuildDraft,
  registryHost,
} from '../../../../src/ui/wizards/build-draft';

describe('a build’s answers', () => {
  it('take their name from the image, and keep a chosen name while the image stays', () => {
    const draft = newBuildDraft();
    chooseImage(draft, 'registry.example.com:5000/team/base:1');
    expect(draft.name).toBe('base');
    expect(registryHost(draft)).toBe('registry.example.com:5000');
    draft.name = 'mine';
    chooseImage(draft, 'registry.example.com:5000/team/base:1');
    expect(draft.name).toBe('mine');
    chooseImage(draft, 'python');
    expect(draft.name).toBe('python');
  });

  it('forget the registry of another image', () => {
    const draft = newBuildDraft();
    chooseImage(draft, 'a.example.com/x');
    draft.registry = { kind: 'registered', id: 'r', name: 'a' };
    chooseImage(draft, 'b.example.com/x');
    expect(draft.registry).toEqual({ kind: 'none' });
  });

  it('become a request with good defaults', () => {
    const draft = newBuildDraft();
    chooseImage(draft, 'python:3.12');
    expect(buildRequest(draft, undefined)).toEqual({
      snapshot: { name: 'python', docker_image: 'python:3.12', fs_capacity_bytes: 8 * 1024 ** 3 },
      timeoutMs: 60_000,
    });
  });

  it('name a registered registry, or carry typed credentials apart from what is kept', () => {
    const draft = newBuildDraft();
    chooseImage(draft, 'r.example.com/x');
    draft.registry = { kind: 'registered', id: 'the-id', name: 'r' };
    expect(buildRequest(draft, undefined).snapshot.registry_id).toBe('the-id');
    draft.registry = { kind: 'credentials', host: 'r.example.com', username: 'ada' };
    const password = new Secret('typed');
    expect(buildRequest(draft, password)).toMatchObject({
      credentials: { host: 'r.example.com', username: 'ada', password },
    });
    expect(JSON.stringify(draft)).not.toContain('typed');
  });
});

it('carries what the snapshot is marked with, and begins with the sizes of the last time', () => {
  const draft = newBuildDraft({ capacityGb: 16, timeoutSeconds: 300 });
  chooseImage(draft, 'python:3.12');
  Object.assign(draft, {
    tag: 'v2',
    description: 'Tools.',
    labels: { team: 'ml' },
    user: 'app',
    variables: { A: 'b' },
  });
  expect(buildRequest(draft, undefined)).toMatchObject({
    snapshot: {
      name: 'python',
      tag: 'v2',
      description: 'Tools.',
      labels: { team: 'ml' },
      run_config: { user: 'app', env_vars: { A: 'b' } },
      fs_capacity_bytes: 16 * 1024 ** 3,
    },
    timeoutMs: 300_000,
  });
});
