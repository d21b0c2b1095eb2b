import { env, l10n, window } from 'vscode';
import type { Box } from '../../api/types';
import type { Forward } from '../../app/services/forward';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { failureSentence } from '../words/failures';
import { failureOf } from '../../app/failure';
import { askLocalPort } from './local-port-question';
import { localAddress, portOf } from './port-words';
import { chosenPort } from './chosen-port';

/** Makes a port of a sandbox a port of this machine, for as long as the window is open. */
export async function forwardPort(desk: Desk, rowId: unknown): Promise<void> {
  let forward: Forward | undefined;
  const chosen = await chosenPort(desk, rowId, l10n.t('Forward Port'), ({ session, box }) => [
    {
      label: l10n.t('Port on This Machine'),
      ask: async (at, port) => {
        forward = desk.services.forwards.find(box.id, port);
        if (forward) return 'next';
        const submit = async (localPort: number): Promise<string | undefined> => {
          const begun = await begin(desk, session, box, port, localPort);
          if (typeof begun === 'string') return begun;
          forward = begun;
          return undefined;
        };
        return askLocalPort(at, { port, submit });
      },
    },
  ]);
  if (chosen && forward) tell(forward);
}

async function begin(
  desk: Desk,
  session: Session,
  box: Box,
  port: number,
  localPort: number,
): Promise<Forward | string> {
  try {
    return await desk.services.forwards.begin(session, box, port, localPort);
  } catch (error) {
    desk.log.error(`forward ${port} of ${box.name} to ${localPort}`, error);
    return failureSentence(l10n.t('Could not listen on port {0}', localPort), failureOf(error));
  }
}

function tell(forward: Forward): void {
  const address = localAddress(forward);
  const which = portOf({ name: forward.boxName }, forward.port);
  void notice('information', l10n.t('{0} on this machine leads to {1}.', address, which), [
    {
      title: l10n.t('Copy Address'),
      run: async () => {
        await env.clipboard.writeText(address);
        window.setStatusBarMessage(l10n.t('Copied {0}', address), shownMs);
      },
    },
  ]);
}

const shownMs = 3_000;
