import { format, inspect } from 'node:util';
import { expect, it } from 'vitest';
import { Secret } from '../../../src/api/secret';

it('a secret shows its text to reveal() alone', () => {
  const secret = new Secret('hunter2');
  const shown = [
    String(secret),
    JSON.stringify({ secret }),
    inspect(secret, { showHidden: true, depth: 5 }),
    format('%s %o %j', secret, secret, secret),
    Object.entries(secret).join(),
    structuredCloneText(secret),
  ];
  expect(shown.join(' ')).not.toContain('hunter2');
  expect(secret.reveal()).toBe('hunter2');
});

function structuredCloneText(value: unknown): string {
  return JSON.stringify(structuredClone({ value: { ...(value as object) } }));
}
