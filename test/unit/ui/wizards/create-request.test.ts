import { expect, it, vi } from 'vitest';

vi.mock('vscode', () => import('../l10n'));

const { createRequest } = await import('../../../../src/ui/wizards/create');

const snapshot = { id: 'the-snapshot', name: 'python', status: 'ready', fs_capacity_bytes: 1 } as const;

it('leaves to the server what was left open', () => {
  const draft = { name: '', cpus: undefined, memoryGb: undefined };
  expect(createRequest(draft, snapshot)).toEqual({ snapshot_id: 'the-snapshot' });
});

it('sends what was chosen in the wire’s units', () => {
  expect(createRequest({ name: 'work', cpus: 0.5, memoryGb: 2 }, snapshot)).toEqual({
    snapshot_id: 'the-snapshot',
    name: 'work',
    cpu_millicores: 500,
    mem_bytes: 2 * 1024 ** 3,
  });
});
