import { describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../../../src/app/connection';

vi.mock('vscode', () => import('../l10n'));

const { statusWords } = await import('../../../../src/ui/status/status-words');

const target = { kind: 'local' } as const;
const connected = { state: 'connected', target } as Connection;

describe('the status bar', () => {
  it('says nothing while signed out', () => {
    expect(statusWords({ state: 'signed-out' }, undefined)).toBeUndefined();
  });

  it('names the connection, and how many sandboxes run once that is known', () => {
    expect(statusWords(connected, undefined)).toMatchObject({ text: 'Local' });
    expect(statusWords(connected, { count: 3, isPartial: false })).toEqual({
      icon: 'vm',
      text: 'Local · 3 running',
      spoken: 'Connected to Local, 3 sandboxes run',
    });
    expect(statusWords(connected, { count: 1, isPartial: false })?.spoken).toBe(
      'Connected to Local, 1 sandbox runs',
    );
    expect(statusWords(connected, { count: 40, isPartial: true })?.text).toBe('Local · 40+ running');
  });

  it('says why a connection failed', () => {
    const failure = { cause: 'server', reason: 'The disk is gone.', error: undefined } as const;
    const words = statusWords({ state: 'failed', target, failure }, undefined);
    expect(words?.icon).toBe('warning');
    expect(words?.spoken).toContain('The disk is gone.');
  });
});
