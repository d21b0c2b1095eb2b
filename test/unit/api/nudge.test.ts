import { expect, it } from 'vitest';
import { Nudge } from '../../../src/api/nudge';

const hour = 3_600_000;

it('a nudge ends every pause that is under way, and none that comes after it', async () => {
  const nudge = new Nudge();
  const ending = new AbortController();
  const early = [nudge.pause(hour, ending.signal), nudge.pause(hour, ending.signal)];
  nudge.nudge();
  await Promise.all(early);
  const later = nudge.pause(hour, ending.signal);
  ending.abort(new Error('given up'));
  await expect(later).rejects.toThrow('given up');
  await expect(nudge.pause(hour, ending.signal)).rejects.toThrow('given up');
});
