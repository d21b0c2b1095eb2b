import { parseQuantity, type Bounds } from '../../app/quantities';
import { quantityProblem } from '../words/problems';
import type { Place, Turn } from './steps';
import { askText } from './text-question';

export interface QuantityQuestion {
  readonly prompt: string;
  readonly bounds: Bounds;
  readonly value: number | undefined;
  /** Whether the field may be left empty, for what the server chooses. */
  readonly optional?: boolean;
  readonly choose: (quantity: number | undefined) => void;
}

export async function askQuantity(place: Place, question: QuantityQuestion): Promise<Turn> {
  const { bounds, optional } = question;
  let typed = '';
  const turn = await askText(place, {
    prompt: question.prompt,
    value: question.value === undefined ? '' : String(question.value),
    check: (text) => {
      if (text === '' && optional) return undefined;
      const parsed = parseQuantity(text, bounds);
      return parsed.ok ? undefined : { text: quantityProblem(parsed.problem, bounds), severity: 'error' };
    },
    keep: (text) => (typed = text),
  });
  if (turn !== 'next') return turn;
  const parsed = parseQuantity(typed, bounds);
  question.choose(parsed.ok ? parsed.quantity : undefined);
  return turn;
}
