import { l10n, QuickInputButtons, window, type QuickPick, type QuickPickItem } from 'vscode';
import type { Box } from '../../api/types';
import { failureOf } from '../../app/failure';
import type { ListeningPort } from '../../app/services/listening-port';
import { portNumber } from '../../app/services/port-number';
import { readListeningPorts } from '../../app/services/read-ports';
import type { Session } from '../../app/session';
import { titleOf, type Place, type Turn } from '../wizards/steps';
import { whyNotRead } from '../words/failures';

export interface PortQuestion {
  readonly session: Session;
  readonly box: Box;
  readonly choose: (port: number) => void;
}

interface PortItem extends QuickPickItem {
  readonly port?: number;
}

/** One of those that something listens on, or any that is typed. */
export function askPort(place: Place, { session, box, choose }: PortQuestion): Promise<Turn> {
  const input = window.createQuickPick<PortItem>();
  input.title = titleOf(place);
  input.step = place.step;
  input.totalSteps = place.totalSteps;
  input.placeholder = l10n.t('A port that something listens on, or type another');
  input.ignoreFocusOut = true;
  input.buttons = place.canGoBack ? [QuickInputButtons.Back] : [];
  input.busy = true;
  const reading = new AbortController();
  let listed: readonly PortItem[] = [];
  const show = (): void => {
    input.items = [...listed, ...typedItem(input.value.trim(), listed)];
  };
  void listedItems(session, box, reading.signal).then((items) => {
    if (reading.signal.aborted) return;
    listed = items;
    input.busy = false;
    show();
  });
  return untilAnswered(input, show, choose).finally(() => reading.abort());
}

function untilAnswered(
  input: QuickPick<PortItem>,
  show: () => void,
  choose: (port: number) => void,
): Promise<Turn> {
  return new Promise((resolve) => {
    const end = (turn: Turn): void => {
      resolve(turn);
      input.hide();
    };
    input.onDidChangeValue(show);
    input.onDidTriggerButton(() => end('back'));
    input.onDidAccept(() => {
      const port = input.selectedItems[0]?.port;
      if (port === undefined) return;
      choose(port);
      end('next');
    });
    input.onDidHide(() => {
      input.dispose();
      resolve('escaped');
    });
    input.show();
  });
}

async function listedItems(session: Session, box: Box, signal: AbortSignal): Promise<PortItem[]> {
  try {
    const ports = await readListeningPorts(session, box.id, { signal });
    if (!ports) return [note(l10n.t('This image has nothing to list its ports by. Type one.'))];
    return ports.length === 0 ? [note(l10n.t('Nothing listens in it. Type a port.'))] : ports.map(itemOf);
  } catch (error) {
    return [note(l10n.t('Its ports could not be listed: {0}. Type one.', whyNotRead(failureOf(error))))];
  }
}

function itemOf({ port, program }: ListeningPort): PortItem {
  return { label: String(port), description: program, port };
}

function note(text: string): PortItem {
  return { label: `$(info) ${text}`, alwaysShow: true };
}

function typedItem(text: string, listed: readonly PortItem[]): PortItem[] {
  if (text === '') return [];
  const port = portNumber(text);
  if (port === undefined) return [note(l10n.t('A port is a number from 1 to 65535.'))];
  if (listed.some((item) => item.port === port)) return [];
  return [{ label: String(port), description: l10n.t('as typed'), port, alwaysShow: true }];
}
