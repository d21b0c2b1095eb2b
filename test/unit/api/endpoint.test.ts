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
    ['', 'empty'],
    ['ftp://host.example', 'scheme'],
    ['https://', 'not-a-url'],
    ['https://user:pw@host.example', 'credentials'],
    ['https://host.example/?tenant=1', 'query'],
    ['http://host.example', 'in-the-clear'],
    ['http://127.0.0.1.example.com', 'in-the-clear'],
  ])('%j is refused as %s', (typed, problem) => {
    expect(parseEndpoint(typed)).toEqual({ ok: false, problem });
  });
});
