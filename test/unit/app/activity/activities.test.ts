import { describe, expect, it, vi } from 'vitest';
import type { Step } from '../../../../src/app/outcome';
import { aRun } from '../session-over';
import { activitiesIn, aFolder, aRecord, deadJournal, liveJournal } from './a-journal';

const local = { kind: 'local' } as const;
const pulling = (layer: number): Step => ({
  kind: 'waiting',
  status: 'building',
  message: `pulling layer ${layer} of 3`,
});

describe('activities', () => {
  it('are written down before they do anything', async () => {
    const folder = aFolder();
    await activitiesIn(folder).begin({ verb: 'build', name: 'python', target: local });
    expect(await liveJournal(folder).all()).toMatchObject([
      { record: { verb: 'build', name: 'python' }, followedBy: process.pid },
    ]);
  });

  it('keep each step once, pass it on, and know what was made', async () => {
    const activities = activitiesIn(aFolder());
    const followed = await activities.begin({ verb: 'build', name: 'python', target: local });
    const run = aRun();
    const { onStep, onMade } = followed.follow(run);
    for (const step of [pulling(1), pulling(1), pulling(2)]) onStep(step);
    onMade?.({ id: 'the-snapshot' });
    await followed.end({ kind: 'done' });
    expect(run.steps).toHaveLength(3);
    const [found] = activities.all.value;
    expect(found?.record.lines.map(({ step }) => step)).toEqual([pulling(1), pulling(2)]);
    expect(found?.record).toMatchObject({ resourceId: 'the-snapshot', end: { kind: 'done' } });
    expect(found?.followedBy).toBeUndefined();
  });

  it('go on in another window where one on the same connection is gone', async () => {
    const folder = aFolder();
    const elsewhere = { kind: 'langsmith', endpoint: 'https://langsmith.example.com' } as const;
    const dead = deadJournal(folder);
    const record = aRecord();
    await dead.write(record);
    await dead.write(aRecord({ target: elsewhere }));
    const activities = activitiesIn(folder);
    expect(await activities.hasUnfinished(local)).toBe(true);
    expect(await activities.claim(local)).toEqual([record]);
    expect(await activities.hasUnfinished(local)).toBe(false);
    expect(await activities.hasUnfinished(elsewhere)).toBe(true);
    await activities.goOn(record).end({ kind: 'failed', sentence: 'No room.' });
    expect(activities.find(record.id)?.record.end).toMatchObject({ kind: 'failed', sentence: 'No room.' });
  });

  it('of other windows are seen while somebody looks', async () => {
    const folder = aFolder();
    const [mine, other] = [activitiesIn(folder), activitiesIn(folder)];
    const watching = mine.watch();
    await other.begin({ verb: 'stop', name: 'agent', target: local });
    await vi.waitFor(() => expect(mine.all.value).toMatchObject([{ record: { name: 'agent' } }]));
    watching.dispose();
  });

  it('that have ended can be forgotten, those that run cannot', async () => {
    const activities = activitiesIn(aFolder());
    await activities.begin({ verb: 'build', name: 'running', target: local });
    const over = await activities.begin({ verb: 'build', name: 'over', target: local });
    await over.end({ kind: 'cancelled' });
    await activities.forgetEnded();
    expect(activities.all.value.map(({ record }) => record.name)).toEqual(['running']);
  });

  it('that cannot be written down are done all the same', async () => {
    const errors: unknown[] = [];
    const { Activities } = await import('../../../../src/app/activity/activities');
    const folder = '/dev/null/nowhere';
    const activities = new Activities({
      journal: liveJournal(folder),
      folder,
      onError: (error) => errors.push(error),
    });
    const followed = await activities.begin({ verb: 'stop', name: 'agent', target: local });
    await followed.end({ kind: 'done' });
    expect(errors.length).toBeGreaterThan(0);
  });
});
