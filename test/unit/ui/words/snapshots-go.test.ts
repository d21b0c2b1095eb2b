import { describe, expect, it, vi } from 'vitest';
import type { Box, Snapshot } from '../../../../src/api/types';

vi.mock('vscode', () => import('../l10n'));

const { snapshotsGo, tagged } = await import('../../../../src/ui/words/snapshots-go');

const python: Snapshot = { id: 'p', name: 'python', status: 'ready', tags: ['latest'], fs_capacity_bytes: 1 };
const building: Snapshot = { ...python, id: 'b', status: 'building' };
const boxes = ['a', 'b', 'c', 'd', 'e', 'f'].map((name): Box => ({ id: name, name, status: 'ready' }));

describe('what deleting snapshots means', () => {
  it('is that nothing boots from them any more', () => {
    expect(snapshotsGo([python], [])).toContain('Its files are gone for good.');
    expect(snapshotsGo([python, python], [])).toContain('Their files are gone for good.');
  });

  it('is that builds end', () => {
    expect(snapshotsGo([building], [])).toContain('the build ends');
    expect(snapshotsGo([python, building], [])).toContain('Still being built: 1 snapshot; that ends.');
  });

  it('names sandboxes on them, five at most', () => {
    expect(snapshotsGo([python], boxes)).toMatch(/^6 sandboxes on it: a, b, c, d, e and 1 more\./);
    expect(snapshotsGo([python, python], boxes.slice(0, 1))).toMatch(/^1 sandbox on them: a\./);
  });
});

it('a snapshot is named with its tag, unless that is what everybody expects', () => {
  expect(tagged(python)).toBe('python');
  expect(tagged({ ...python, tags: ['v1'] })).toBe('python:v1');
});
