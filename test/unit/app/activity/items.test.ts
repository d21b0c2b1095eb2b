import { expect, it } from 'vitest';
import { notYet, noting } from '../../../../src/app/activity/items';
import { failureOf } from '../../../../src/app/failure';
import type { Outcome } from '../../../../src/app/outcome';
import { aRun } from '../session-over';
import { activitiesIn, aFolder, liveJournal } from './a-journal';

const boxes = ['good', 'bad'].map((name) => ({ id: `id-of-${name}`, name }));

it('each of several is written down before the server is asked, and with its end', async () => {
  const folder = aFolder();
  const activities = activitiesIn(folder);
  const followed = await activities.begin({
    verb: 'capture-several',
    name: '2 sandboxes',
    target: { kind: 'local' },
    several: notYet('sandboxes', boxes),
  });
  const written = async () => (await liveJournal(folder).all())[0]?.record.several?.items;
  expect(await written()).toMatchObject([{ state: 'waiting' }, { state: 'waiting' }]);
  const run = followed.follow(aRun());
  const act = noting<(typeof boxes)[number]>(
    run,
    ({ failure }) => failure.reason,
    async ({ name }, inner): Promise<Outcome<unknown>> => {
      const [good] = (await written()) ?? [];
      expect(good?.state).toBe('asked');
      if (name === 'bad') return { kind: 'failed', failure: failureOf(new Error('no room')) };
      inner.onMade?.({ id: 'made' });
      return { kind: 'cancelled' };
    },
  );
  for (const box of boxes) await act(box, aRun());
  await followed.end({ kind: 'cancelled' });
  expect(await written()).toMatchObject([
    { name: 'good', state: 'asked', madeId: 'made' },
    { name: 'bad', state: 'failed', why: 'no room' },
  ]);
});
