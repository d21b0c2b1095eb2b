import { describe, expect, it, vi } from 'vitest';
import type { ActionRecord } from '../../../../src/app/activity/record';
import { aRecord } from '../../app/activity/a-journal';

vi.mock('vscode', () => import('../l10n'));

const { activityRow } = await import('../../../../src/ui/activity/activity-row');
const { activityText } = await import('../../../../src/ui/activity/activity-text');

const startedAt = Date.parse('2026-01-02T03:04:05Z');
const message = 'pulling layer 3 of 7';
const building: ActionRecord = aRecord({
  startedAt,
  lines: [{ at: startedAt + 1000, step: { kind: 'waiting', status: 'building', message } }],
});
const end = { at: startedAt + 12_000, kind: 'failed' as const, sentence: 'Could not build it: no room.' };

describe('the row of an action', () => {
  it('tells what goes on, and for how long', () => {
    const row = activityRow({ record: building, followedBy: 1 }, startedAt + 61_000, []);
    expect(row).toMatchObject({
      label: 'Build python',
      description: 'pulling layer 3 of 7 (1:01) · Local',
      icon: 'busy',
    });
  });

  it.each([
    ['done', 'done in 0:12 · 1 min ago · Local', 'done'],
    ['cancelled', 'cancelled after 0:12 · 1 min ago · Local', 'cancelled'],
    ['failed', 'failed after 0:12 · 1 min ago · Local', 'failed'],
  ] as const)('tells that it is %s', (kind, description, icon) => {
    const record = { ...building, end: { ...end, kind } };
    expect(activityRow({ record }, end.at + 61_000, [])).toMatchObject({ description, icon });
  });

  it('tells that nobody follows it, and what to do', () => {
    const row = activityRow({ record: building }, startedAt, []);
    expect(row).toMatchObject({
      description: 'not followed: connect to it again · Local',
      icon: 'unfollowed',
    });
  });
});

describe('the text of an action', () => {
  it('has the reason of a failure first, then each step in its order', () => {
    const lines = activityText({ record: { ...building, end } }, end.at, []).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'Build python',
      'failed after 0:12 · Local',
      '',
      'Could not build it: no room.',
    ]);
    const steps = lines.slice(5).map((line) => line.replace(/^[\d:]+ {2}/, ''));
    expect(steps).toEqual(['Building snapshot python', message, 'failed', '']);
  });
});

it('names the connection as it is called by now', () => {
  const profile = { endpoint: 'https://langsmith.example.com', name: 'Team' };
  const record: ActionRecord = { ...building, target: { ...profile, kind: 'langsmith' }, end };
  const known = [
    { ...profile, endpoint: 'https://other.example.com' },
    { ...profile, title: 'Ours' },
  ];
  expect(activityRow({ record }, end.at, known).description).toMatch(/ · Ours$/);
  expect(activityText({ record }, end.at, known).split('\n')[1]).toBe('failed after 0:12 · Ours');
});
