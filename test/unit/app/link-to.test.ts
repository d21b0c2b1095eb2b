import { describe, expect, it } from 'vitest';
import { knownTarget, leadsTo, linkName, linkText, parseLink, type LinkTo } from '../../../src/app/link-to';

const endpoint = 'https://langsmith.example.com/api';

describe('a link', () => {
  it.each<LinkTo>([
    { kind: 'sandbox', name: 'agent' },
    { kind: 'sandbox', name: 'agent', target: { kind: 'local' } },
    { kind: 'snapshot', name: 'team/python:v2', target: { kind: 'langsmith', endpoint } },
    { kind: 'snapshot', name: 'a b%?#é', target: { kind: 'langsmith', endpoint } },
    { kind: 'sandbox', name: 'agent', target: { kind: 'langsmith', endpoint, workspaceId: 'of-the-team' } },
  ])('leads back to what it was made for: %o', (to) => {
    const { protocol, pathname, search } = new URL(linkText('vscode', to));
    expect(protocol).toBe('vscode:');
    expect(parseLink({ path: decodeURIComponent(pathname), query: search.slice(1) })).toEqual(to);
  });

  it.each(['/', '/sandbox', '/sandbox/', '/other/agent', 'sandbox/agent'])('is none: %s', (path) => {
    expect(parseLink({ path, query: '' })).toBeUndefined();
  });

  it('holds no key', () => {
    const target = { kind: 'langsmith', endpoint, source: 'environment' } as const;
    expect(linkText('vscode', { kind: 'sandbox', name: 'agent', target })).toBe(
      `vscode://langsmith-sandboxes.langsmith-sandboxes/sandbox/agent?on=${encodeURIComponent(endpoint)}`,
    );
  });

  it('leads only to where a key is at hand', () => {
    const environment = { kind: 'langsmith', endpoint, source: 'environment' } as const;
    const known = [{ kind: 'local' } as const, environment];
    expect(knownTarget({ kind: 'langsmith', endpoint }, known)).toBe(environment);
    expect(
      knownTarget({ kind: 'langsmith', endpoint: 'https://elsewhere.example.com' }, known),
    ).toBeUndefined();
  });
});

describe('a link that names a workspace', () => {
  const one = { kind: 'langsmith', endpoint, name: 'One', workspaceId: 'one' } as const;
  const other = { kind: 'langsmith', endpoint, name: 'Other', workspaceId: 'other' } as const;

  it('leads to that one alone', () => {
    expect(knownTarget({ kind: 'langsmith', endpoint, workspaceId: 'other' }, [one, other])).toBe(other);
    expect(knownTarget({ kind: 'langsmith', endpoint, workspaceId: 'third' }, [one, other])).toBeUndefined();
    expect(leadsTo(one, { kind: 'langsmith', endpoint, workspaceId: 'other' })).toBe(false);
  });

  it('and one that names none to whichever there is', () => {
    expect(leadsTo(one, { kind: 'langsmith', endpoint })).toBe(true);
  });
});

describe('a snapshot is linked', () => {
  const snapshot = { id: 'the-id', name: 'python', status: 'ready', fs_capacity_bytes: 1 } as const;

  it.each([
    [['latest', 'v2'], 'python'],
    [['v2'], 'python:v2'],
    [[], 'the-id'],
    [null, 'python'],
  ])('with the tags %o as %s', (tags, name) => {
    expect(linkName({ ...snapshot, tags })).toBe(name);
  });
});
