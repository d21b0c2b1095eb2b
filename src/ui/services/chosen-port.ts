import { l10n } from 'vscode';
import type { Box } from '../../api/types';
import { portPlace } from '../../app/services/port-place';
import type { Session } from '../../app/session';
import { chosenSandbox } from '../commands/chosen';
import type { Desk } from '../desk';
import { ask, type Place, type Step, type Turn } from '../wizards/steps';
import { cutMiddle } from '../words/cut';
import { askPort } from './port-question';
import { amongRunning } from '../pickers/among-running';

export interface ChosenPort {
  readonly session: Session;
  readonly box: Box;
  readonly port: number;
}

const noPort = 0;

/** A question that comes once the port is known. */
export interface FurtherStep {
  readonly label: string;
  readonly ask: (place: Place, port: number) => Promise<Turn>;
}

/**
 * The port a command is for: the row's, or the one that is picked in the row's sandbox, or in one that is picked first.
 * `further` are questions that come after that.
 */
export async function chosenPort(
  desk: Desk,
  rowId: unknown,
  title: string,
  further: (chosen: Omit<ChosenPort, 'port'>) => readonly FurtherStep[] = () => [],
): Promise<ChosenPort | undefined> {
  const place = portPlace(rowId);
  const chosen = await chosenSandbox(desk, place?.boxId, amongRunning(title));
  if (!chosen) return undefined;
  const { session, resource: box } = chosen;
  let port = place?.port ?? noPort;
  const which: Step = {
    label: l10n.t('Port in {0}', cutMiddle(box.name)),
    ask: (at) => askPort(at, { session, box, choose: (answer) => (port = answer) }),
  };
  const after = further({ session, box }).map((step): Step => ({
    label: step.label,
    ask: (at) => step.ask(at, port),
  }));
  const turn = await ask(title, [...(port === noPort ? [which] : []), ...after]);
  return turn === 'next' ? { session, box, port } : undefined;
}
