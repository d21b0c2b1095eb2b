import { l10n } from 'vscode';
import type { Box, BoxStatus } from '../../api/types';
import { stopSandbox as stop } from '../../app/operations/stop-sandbox';
import type { Desk } from '../desk';
import { notice } from '../notice';
import type { Choosing } from '../pickers/choosing';
import { runAction, type Action } from '../run-action';
import { runSeveral } from '../run-several';
import { cutMiddle } from '../words/cut';
import { namesInShort } from '../words/count';
import { chosenSandbox } from './chosen';
import { selectedSandboxes, type Selected } from './selected';

/** Files stay; so nothing is asked first, unless it is for several. */
export async function stopSandbox(desk: Desk, id: unknown, selected: unknown): Promise<void> {
  const choosing: Choosing<BoxStatus> = {
    title: l10n.t('Stop Sandbox'),
    statuses: ['ready', 'provisioning'],
    action: 'stopping',
    nothing: l10n.t('No sandbox is running.'),
  };
  const selection = selectedSandboxes(desk, selected, choosing);
  if (selection === 'alone') await stopOne(desk, id, choosing);
  else if (selection) await stopSeveral(desk, selection, whatEnds(selection.items));
}

export async function stopSeveral(
  desk: Desk,
  { session, items, leftOut }: Selected<Box>,
  consequence: string,
): Promise<void> {
  await runSeveral<Box>(desk, session, {
    verb: 'stop-several',
    kind: 'sandboxes',
    nameOf: ({ name }) => name,
    items,
    leftOut,
    consequence,
    act: (box, run) => stop(session, box, run),
  });
}

async function stopOne(desk: Desk, id: unknown, choosing: Choosing<BoxStatus>): Promise<void> {
  const chosen = await chosenSandbox(desk, id, choosing);
  if (!chosen) return;
  const { session, resource: box } = chosen;
  await runAction<Box, Box>(desk, session, {
    ...sandboxStopping(desk, box),
    run: (run) => stop(session, box, run),
  });
}

/** How stopping ends, whoever waits for it. */
export function sandboxStopping(
  desk: Desk,
  { id, name }: { readonly id?: string; readonly name: string },
): Omit<Action<Box, Box>, 'run'> {
  return {
    verb: 'stop',
    name,
    resourceId: id,
    done: async (stopped, { done }) => {
      if (!(await desk.trees.sandboxes.reveal(stopped.id))) await notice('information', done);
    },
    left: () =>
      notice(
        'information',
        l10n.t('Stopped waiting for sandbox {0}. The server goes on stopping it.', cutMiddle(name)),
      ),
  };
}

export function whatEnds(items: readonly Box[]): string {
  const losers = items.filter(({ persistent }) => persistent === false).map(({ name }) => name);
  return losers.length === 0
    ? l10n.t('Their files stay, their processes end.')
    : l10n.t('Their processes end. Files stay, but not those of {0}.', namesInShort(losers));
}
