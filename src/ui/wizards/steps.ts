/** How a question ended. */
export type Turn = 'next' | 'back' | 'escaped';

/** Where a question stands, as the input's title bar shows it. */
export interface Place {
  /** The flow's title: `Build Snapshot`. */
  readonly flow: string;
  /** What is asked: `Name`. Left out by a flow of one question. */
  readonly label?: string;
  readonly step?: number;
  readonly totalSteps?: number;
  readonly canGoBack: boolean;
}

export function titleOf({ flow, label }: Place): string {
  return label === undefined ? flow : `${flow}: ${label}`;
}

/** A question of a flow. */
export interface Step {
  readonly label: string;
  readonly ask: (place: Place) => Promise<Turn>;
}

/**
 * Asks numbered questions in turn; Back returns to the one before. A question keeps its own answer.
 * With `within`, the questions belong to a step of another flow: they are not numbered, and Back leads out to it.
 */
export async function ask(flow: string, steps: readonly Step[], within = false): Promise<Turn> {
  let index = 0;
  for (let step = steps[index]; step; step = steps[index]) {
    const numbers = within || steps.length === 1 ? {} : { step: index + 1, totalSteps: steps.length };
    const turn = await step.ask({
      flow,
      label: step.label,
      ...numbers,
      canGoBack: within || index > 0,
    });
    if (turn === 'escaped') return turn;
    index += turn === 'next' ? 1 : -1;
    if (index < 0) return 'back';
  }
  return 'next';
}
