import { l10n, type QuickPickItem } from 'vscode';
import {
  labelRules,
  pairText,
  parsePair,
  variableRules,
  withoutPair,
  withPair,
  type PairRules,
  type Pairs,
} from '../../app/pairs';
import { pairProblem } from '../words/problems';
import { namesInShort } from '../words/count';
import { askChoice } from './choice-question';
import type { ReviewLine } from './review';
import type { Place, Turn } from './steps';
import { askText } from './text-question';

export interface PairsChoice {
  readonly pairs: () => Pairs;
  readonly choose: (pairs: Pairs) => void;
}

interface PairsWords {
  readonly label: string;
  readonly add: string;
  readonly prompt: string;
  readonly rules: PairRules;
}

export function labelsLine(choice: PairsChoice): ReviewLine {
  return pairsLine(choice, {
    label: l10n.t('Labels'),
    add: l10n.t('Add Label…'),
    prompt: l10n.t('A label, as key or key=value; empty for none'),
    rules: labelRules,
  });
}

export function variablesLine(choice: PairsChoice): ReviewLine {
  return pairsLine(choice, {
    label: l10n.t('Environment Variables'),
    add: l10n.t('Add Variable…'),
    prompt: l10n.t('A variable that commands get, as NAME=value; empty for none'),
    rules: variableRules,
  });
}

function pairsLine(choice: PairsChoice, words: PairsWords): ReviewLine {
  const keys = Object.keys(choice.pairs());
  return {
    label: words.label,
    value: keys.length === 0 ? l10n.t('none') : namesInShort(keys),
    change: (place) => (keys.length === 0 ? askPair(place, choice, words) : askPairs(place, choice, words)),
  };
}

interface PairItem extends QuickPickItem {
  readonly key?: string;
  readonly ends?: boolean;
}

/** One after the other, until the user is done. */
async function askPairs(place: Place, choice: PairsChoice, words: PairsWords): Promise<Turn> {
  for (;;) {
    const pairs = Object.entries(choice.pairs()).map(([key, value]): PairItem => ({
      label: key,
      description: value,
      key,
    }));
    const done: PairItem = { label: `$(check) ${l10n.t('Done')}`, ends: true };
    let chosen = done;
    const turn = await askChoice<PairItem>(place, {
      placeholder: l10n.t('Choose one to change it'),
      items: [done, { label: `$(add) ${words.add}` }, ...pairs],
      active: done,
      choose: (item) => (chosen = item),
    });
    if (turn !== 'next' || chosen.ends) return turn;
    if ((await askPair(place, choice, words, chosen.key)) === 'escaped') return 'escaped';
  }
}

/** One pair in place of `before`; an empty field removes that. */
async function askPair(
  place: Place,
  { pairs, choose }: PairsChoice,
  { prompt, rules }: PairsWords,
  before?: string,
): Promise<Turn> {
  let typed = '';
  const isFull = before === undefined && Object.keys(pairs()).length >= rules.mostPairs;
  const turn = await askText(place, {
    prompt,
    value: before === undefined ? '' : pairText(before, pairs()[before] ?? '', rules),
    check: (text) => {
      if (text === '') return undefined;
      if (isFull) return { text: l10n.t('{0} are the most.', rules.mostPairs), severity: 'error' };
      const parsed = parsePair(text, rules);
      return parsed.ok ? undefined : { text: pairProblem(parsed.problem, rules), severity: 'error' };
    },
    keep: (text) => (typed = text),
  });
  if (turn !== 'next') return turn;
  const parsed = parsePair(typed, rules);
  if (parsed.ok) choose(withPair(pairs(), parsed.key, parsed.value, before));
  else if (before !== undefined) choose(withoutPair(pairs(), before));
  return turn;
}
