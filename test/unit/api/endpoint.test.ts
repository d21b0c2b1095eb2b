import { describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../../src/api/endpoint';

describe('an endpoint as a person types it', () => {
  it.each([
    ['https://api.smith.langchain.com', 'https://api.smith.langchain.com'],
    ['  api.smith.langchain.com/ ', 'https://api.smith.langchain.com'],
    ['https://host.example/api', 'https://host.example'],
    ['https://host.example/api/v1/', 'https://host.example'],
    ['https://host.example/langsmith/api/v1', 'https://host.example/langsmith'],
    ['https://host.example/v2/sandboxes', 'https://host.example'],
    ['https://host.example/api/v2/sandboxes', 'https://host.example'],
    ['http://127.0.0.1:8123', 'http://127.0.0.1:8123'],
    ['http://localhost:8123/', 'http://localhost:8123'],
    ['http://[::1]:8123', 'http://[::1]:8123'],
  ])('%s is read as %s', (typed, endpoint) => {
    expect(parseEndpoint(typed)).toEqual({ ok: true, endpoint });
  });

  it.each([
    ['', /Enter an endpoint/],
    ['ftp://host.example', /https:\/\/ or http:\/\//],
    ['https://', /not a URL/],
    ['https://user:pw@host.example', /user name and password/],
    ['https://host.example/?tenant=1', /no query/],
    ['http://host.example', /could be read on the way/],
    ['http://127.0.0.1.example.com', /could be read on the way/],
  ])('%s is refused with what to do', (typed, reason) => {
    const parsed = parseEndpoint(typed);
    expect(parsed.ok).toBe(false);
    expect(parsed).toHaveProperty('reason', expect.stringMatching(reason));
  });
});
