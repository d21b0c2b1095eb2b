import { describe, expect, it, vi } from 'vitest';
import type { Box } from '../../../../src/api/types';

vi.mock('vscode', () => import('../l10n'));

const { sandboxRow } = await import('../../../../src/ui/trees/sandbox-row');

const now = Date.parse('2026-01-02T00:00:00Z');
const box: Box = {
  id: 'the-id',
  name: 'agent-7f3a',
  status: 'ready',
  snapshot_id: 's',
  cpu_millicores: 500,
  mem_bytes: 2 * 1024 ** 3,
  created_at: '2026-01-01T23:48:00Z',
};
const facts = { now, snapshotName: 'python', action: undefined };

describe('a sandbox’s row', () => {
  it('says state, age, snapshot and resources of a running one, and never its id', () => {
    expect(sandboxRow(box, facts)).toEqual({
      id: 'the-id',
      label: 'agent-7f3a',
      description: 'ready · 12 min · python · 0.5 vCPU · 2 GB',
      icon: 'running',
      contextValue: 'sandbox ready',
      spoken: 'Sandbox agent-7f3a, ready · 12 min · python · 0.5 vCPU · 2 GB',
    });
  });

  it('says when a stopped one is deleted', () => {
    const stopped: Box = {
      ...box,
      status: 'stopped',
      stopped_at: '2026-01-01T00:00:00Z',
      delete_after_stop_seconds: 14 * 86_400,
    };
    expect(sandboxRow(stopped, facts)).toMatchObject({
      description: 'stopped · python · deleted in 13 d',
      icon: 'stopped',
      contextValue: 'sandbox stopped',
    });
    expect(sandboxRow({ ...stopped, delete_after_stop_seconds: 0 }, facts).description).toBe(
      'stopped · python',
    );
  });

  it('says when a running one stops by itself, where the server tells since when it is idle', () => {
    const idle: Box = { ...box, idle_since: '2026-01-01T23:58:30Z', idle_ttl_seconds: 600 };
    expect(sandboxRow(idle, facts).description).toBe(
      'ready · 12 min · python · stops in 9 min · 0.5 vCPU · 2 GB',
    );
    for (const other of [{ idle_since: null }, { idle_ttl_seconds: 0 }]) {
      expect(sandboxRow({ ...idle, ...other }, facts).description).not.toContain('stops');
    }
  });

  it('marks one that should long have started or gone, unless this window is at it', () => {
    const stuck: Box = { ...box, status: 'provisioning', updated_at: '2026-01-01T23:54:00Z' };
    expect(sandboxRow(stuck, facts)).toMatchObject({
      description: 'provisioning · overdue · 6 min · python',
      icon: 'overdue',
      contextValue: 'sandbox provisioning overdue',
    });
    expect(sandboxRow(stuck, { ...facts, action: 'waiting' }).icon).toBe('busy');
    expect(sandboxRow({ ...stuck, status: 'deleting' }, facts).description).toBe('deleting · overdue');
  });

  it('says how long one is provisioning, counted from its last change', () => {
    const provisioning: Box = { ...box, status: 'provisioning', updated_at: '2026-01-01T23:59:57Z' };
    expect(sandboxRow(provisioning, facts)).toMatchObject({
      description: 'provisioning · 3 s · python',
      icon: 'busy',
      contextValue: 'sandbox provisioning',
    });
  });

  it('says why one failed', () => {
    const failed: Box = { ...box, status: 'failed', status_message: 'no space left on the disk' };
    expect(sandboxRow(failed, facts)).toMatchObject({
      description: 'failed: no space left on the disk',
      icon: 'failed',
      contextValue: 'sandbox failed',
    });
  });

  it('says that its snapshot is gone', () => {
    expect(
      sandboxRow({ id: 'x', name: 'x', status: 'ready' }, { ...facts, snapshotName: null }).description,
    ).toBe('ready · snapshot deleted');
  });

  it.each([
    ['stopping', 'stopping · python', 'sandbox stopping'],
    ['deleting', 'deleting · python', 'sandbox deleting'],
    ['starting', 'starting · python', 'sandbox provisioning'],
    ['capturing', 'ready · capturing · 12 min · python · 0.5 vCPU · 2 GB', 'sandbox capturing'],
  ] as const)(
    'shows that it is %s, and offers only what makes sense then',
    (action, description, contextValue) => {
      expect(sandboxRow(box, { ...facts, action })).toMatchObject({
        description,
        contextValue,
        icon: 'busy',
      });
    },
  );
});
