import { expect, it, vi } from 'vitest';

vi.mock('vscode', () => import('../l10n'));

const { sandboxFacts, snapshotFacts } = await import('../../../../src/ui/trees/tooltip-facts');

it('a tooltip has the rest of a sandbox, its id among it, and leaves out what is not known', () => {
  expect(
    sandboxFacts(
      {
        id: 'i',
        name: 'n',
        status: 'failed',
        status_message: 'no room',
        idle_ttl_seconds: 600,
        labels: { team: 'a', x: '' },
      },
      'python',
    ),
  ).toEqual([
    ['Status', 'failed: no room'],
    ['Snapshot', 'python'],
    ['Stops when idle for', '10 min'],
    ['Labels', 'team=a, x'],
    ['ID', 'i'],
  ]);
});

it('a tooltip has the rest of a snapshot', () => {
  const snapshot = {
    id: 'i',
    name: 'n',
    status: 'ready',
    tags: ['a', 'b'],
    docker_image: 'python:3',
    image_digest: 'sha256:1',
    fs_capacity_bytes: 8 * 1024 ** 3,
    description: 'Base',
  } as const;
  expect(snapshotFacts({ ...snapshot, tags: [...snapshot.tags] }, undefined)).toEqual([
    ['Status', 'ready'],
    ['Description', 'Base'],
    ['Tags', 'a, b'],
    ['Image', 'python:3'],
    ['Digest', 'sha256:1'],
    ['Capacity', '8 GB'],
    ['ID', 'i'],
  ]);
});
