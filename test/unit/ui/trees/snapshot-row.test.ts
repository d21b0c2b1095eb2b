import { describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../../../src/api/types';

vi.mock('vscode', () => import('../l10n'));

const { snapshotRow } = await import('../../../../src/ui/trees/snapshot-row');

const now = Date.parse('2026-01-02T00:00:00Z');
const snapshot: Snapshot = {
  id: 'the-id',
  name: 'python',
  status: 'ready',
  tags: ['latest'],
  docker_image: 'python:3.12-slim',
  fs_capacity_bytes: 8 * 1024 ** 3,
  fs_used_bytes: 1.2 * 1024 ** 3,
  created_at: '2026-01-01T20:00:00Z',
};
const facts = { now, sourceName: undefined, sandboxCount: 0, action: undefined };

describe('a snapshot’s row', () => {
  it('says state, size, age and image of one that is ready', () => {
    expect(snapshotRow(snapshot, facts)).toEqual({
      id: 'the-id',
      label: 'python',
      description: 'ready · 1.2 GB · 4 h · python:3.12-slim',
      icon: 'snapshot',
      contextValue: 'snapshot ready',
      spoken: 'Snapshot python, ready · 1.2 GB · 4 h · python:3.12-slim',
    });
  });

  it.each([
    [1, 'ready · 1.2 GB · 1 sandbox · 4 h · python:3.12-slim'],
    [2, 'ready · 1.2 GB · 2 sandboxes · 4 h · python:3.12-slim'],
    [undefined, 'ready · 1.2 GB · 4 h · python:3.12-slim'],
  ])('says that %s sandboxes stand on it, where that is known', (sandboxCount, description) => {
    expect(snapshotRow(snapshot, { ...facts, sandboxCount }).description).toBe(description);
  });

  it('says its tags, unless that is just the usual one', () => {
    const tagged = (tags: string[]): string => snapshotRow({ ...snapshot, tags }, facts).description;
    expect(tagged(['3.11', 'stable'])).toMatch(/^ready · 3\.11, stable · /);
    expect(tagged([])).toMatch(/^ready · untagged · /);
  });

  it('says what it was captured from', () => {
    const captured: Snapshot = { ...snapshot, docker_image: null, source_sandbox_id: 'box' };
    expect(snapshotRow(captured, { ...facts, sourceName: 'setup-box' }).description).toBe(
      'ready · 1.2 GB · 4 h · captured from setup-box',
    );
    expect(snapshotRow(captured, facts).description).toBe('ready · 1.2 GB · 4 h · captured');
  });

  it('says the step and the time of a build', () => {
    const building: Snapshot = {
      ...snapshot,
      status: 'building',
      status_message: 'pulling layer 3 of 7',
      created_at: '2026-01-01T23:59:48Z',
    };
    expect(snapshotRow(building, { ...facts, action: 'waiting' })).toMatchObject({
      description: 'building · pulling layer 3 of 7 · 0:12',
      icon: 'busy',
      contextValue: 'snapshot building',
    });
  });

  it('says why it failed', () => {
    const failed: Snapshot = { ...snapshot, status: 'failed', status_message: 'no such image' };
    expect(snapshotRow(failed, facts)).toMatchObject({
      description: 'failed: no such image',
      icon: 'failed',
      contextValue: 'snapshot failed',
    });
  });

  it('shows that it is being deleted here', () => {
    expect(snapshotRow(snapshot, { ...facts, action: 'deleting' })).toMatchObject({
      description: 'deleting',
      contextValue: 'snapshot deleting',
    });
  });
});
