import assert from 'node:assert/strict';
import { Secret } from '../../src/api/secret';
import type { Window } from '../../src/window';

const { signal } = new AbortController();

/** Connects the window as a person does who has typed the key. */
export async function connected(
  { desk: { connections } }: Window,
  { endpoint, apiKey }: { endpoint: string; apiKey: string },
): Promise<void> {
  const key = new Secret(apiKey);
  assert.equal((await connections.verify({ endpoint }, key, signal)).kind, 'done');
  assert.equal((await connections.connectLangSmith({ endpoint }, key, signal)).kind, 'done');
}
