import { describe, expect, it, vi } from 'vitest';
import { failureOf } from '../../../src/app/failure';
import { LocalServerError } from '../../../src/app/local-process/server-error';
import { sessionOverScriptedApi } from '../app/session-over';

vi.mock('vscode', () => ({ commands: {} }));

const { connectionContext, listContext } = await import('../../../src/ui/context-keys');

const target = { kind: 'local' } as const;

describe('context keys', () => {
  it('tell failures that have a way out of their own from the others', () => {
    const context = (problem: ConstructorParameters<typeof LocalServerError>[0]) =>
      connectionContext({ state: 'failed', target, failure: failureOf(new LocalServerError(problem)) });
    expect(context('no-engine')).toBe('no-engine');
    expect(context('local-key-refused')).toBe('local-key-refused');
    expect(context('local-silent')).toBe('failed');
    expect(connectionContext({ state: 'signed-out' })).toBe('signed-out');
  });

  it('tell an empty list from one that a filter left empty, and from one not known', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const { boxes } = session.inventory;
    expect(listContext(boxes)).toBe('unknown');
    await boxes.refresh();
    expect(listContext(boxes)).toBe('empty');
    await boxes.setFilter('x');
    expect(listContext(boxes)).toBe('no-match');
    api.addBox({ name: 'x' });
    await boxes.refresh();
    expect(listContext(boxes)).toBe('rows');
  });

  it('tell why a list never came', async () => {
    const { api, session } = await sessionOverScriptedApi();
    const { boxes, snapshots } = session.inventory;
    api.override = () => ({ status: 403 });
    await boxes.refresh();
    expect(listContext(boxes)).toBe('refused');
    await api.close();
    await snapshots.refresh();
    expect(listContext(snapshots)).toBe('unreachable');
  });
});
