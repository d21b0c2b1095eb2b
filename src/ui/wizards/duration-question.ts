import { l10n } from 'vscode';
import { durationInput, parseDuration } from '../../app/duration';
import { durationProblem } from '../words/problems';
import { span } from '../words/time';
import type { ReviewLine } from './review';
import type { Place, Turn } from './steps';
import { askText } from './text-question';

export interface DurationChoice {
  readonly label: string;
  readonly prompt: string;
  readonly mostSeconds: number;
  /** Undefined is the server's default, 0 is never. */
  readonly seconds: number | undefined;
  readonly choose: (seconds: number | undefined) => void;
}

export function durationLine(choice: DurationChoice): ReviewLine {
  return {
    label: choice.label,
    value: durationWords(choice.seconds),
    change: (place) => askDuration(place, choice),
  };
}

function durationWords(seconds: number | undefined): string {
  if (seconds === undefined) return l10n.t('the server’s default');
  return seconds === 0 ? l10n.t('never') : span(seconds * 1000);
}

async function askDuration(
  place: Place,
  { prompt, mostSeconds, seconds, choose }: DurationChoice,
): Promise<Turn> {
  let typed = '';
  const turn = await askText(place, {
    prompt,
    placeholder: l10n.t('30 min, 2 h or 1 d; 0 for never; empty for the server’s default'),
    value: seconds === undefined ? '' : durationInput(seconds),
    check: (text) => {
      const parsed = text === '' ? undefined : parseDuration(text, mostSeconds);
      return parsed?.ok === false
        ? { text: durationProblem(parsed.problem, mostSeconds), severity: 'error' }
        : undefined;
    },
    keep: (text) => (typed = text),
  });
  if (turn !== 'next') return turn;
  const parsed = parseDuration(typed, mostSeconds);
  choose(parsed.ok ? parsed.seconds : undefined);
  return turn;
}
