import { l10n } from 'vscode';
import type { Box } from '../../api/types';
import { stopSandbox as stop } from '../../app/operations/stop-sandbox';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { runAction } from '../run-action';
import { cutMiddle } from '../words/cut';
import { chosenSandbox } from './chosen';

/** Files stay; so nothing is asked first. */
export async function stopSandbox(desk: Desk, id: unknown): Promise<void> {
  const chosen = await chosenSandbox(desk, id, {
    title: l10n.t('Stop Sandbox'),
    statuses: ['ready', 'provisioning'],
    action: 'stopping',
    nothing: l10n.t('No sandbox is running.'),
  });
  if (!chosen) return;
  const { session, resource: box } = chosen;
  await runAction<Box, Box>(desk, session, {
    verb: 'stop',
    name: box.name,
    run: (run) => stop(session, box, run),
    done: async (stopped, { done }) => {
      if (!(await desk.trees.sandboxes.reveal(stopped.id))) await notice('information', done);
    },
    left: () =>
      notice(
        'information',
        l10n.t('Stopped waiting for sandbox {0}. The server goes on stopping it.', cutMiddle(box.name)),
      ),
  });
}
