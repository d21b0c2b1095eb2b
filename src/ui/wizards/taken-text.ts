import type { Place, Turn } from './steps';
import { askText } from './text-question';

interface TakenText {
  readonly prompt: string;
  readonly placeholder?: string;
  readonly value: string;
  readonly problem: (text: string) => string | undefined;
  readonly take: (text: string) => void;
}

/** What was typed is taken on Enter alone: Back and Escape leave what was there. */
export async function askTaken(
  place: Place,
  { problem, take, prompt, placeholder, value }: TakenText,
): Promise<Turn> {
  let typed = value;
  const turn = await askText(place, {
    prompt,
    placeholder,
    value,
    check: (text) => {
      const wrong = problem(text);
      return wrong === undefined ? undefined : { text: wrong, severity: 'error' };
    },
    keep: (text) => (typed = text),
  });
  if (turn === 'next') take(typed);
  return turn;
}
