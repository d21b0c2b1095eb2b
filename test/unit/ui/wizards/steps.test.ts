import { describe, expect, it } from 'vitest';
import { ask, titleOf, type Place, type Turn } from '../../../../src/ui/wizards/steps';

/** Answers each question with the next of these turns, and notes how it was asked. */
function answering(turns: Turn[]) {
  const asked: string[] = [];
  const step = (label: string) => ({
    label,
    ask: (place: Place): Promise<Turn> => {
      const number = place.step === undefined ? '' : ` ${place.step}/${place.totalSteps}`;
      asked.push(`${titleOf(place)}${number}${place.canGoBack ? ' ←' : ''}`);
      return Promise.resolve(turns.shift() ?? 'escaped');
    },
  });
  return { asked, steps: [step('Image'), step('Name'), step('Review')] };
}

describe('a flow', () => {
  it('asks its questions in turn, numbered, with a way back from the second on', async () => {
    const { asked, steps } = answering(['next', 'next', 'next']);
    expect(await ask('Build', steps)).toBe('next');
    expect(asked).toEqual(['Build: Image 1/3', 'Build: Name 2/3 ←', 'Build: Review 3/3 ←']);
  });

  it('goes back to the question before', async () => {
    const { asked, steps } = answering(['next', 'back', 'next', 'next', 'next']);
    expect(await ask('Build', steps)).toBe('next');
    expect(asked.map((line) => line.replace(/ .*/, ''))).toHaveLength(5);
    expect(asked[2]).toBe('Build: Image 1/3');
  });

  it('ends where it is escaped', async () => {
    const { asked, steps } = answering(['next', 'escaped']);
    expect(await ask('Build', steps)).toBe('escaped');
    expect(asked).toHaveLength(2);
  });

  it('within another leads back out of its first question, and is not numbered', async () => {
    const { asked, steps } = answering(['back']);
    expect(await ask('Build', steps, true)).toBe('back');
    expect(asked).toEqual(['Build: Image ←']);
  });
});
