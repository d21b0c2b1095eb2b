import { commands as editor, l10n, type Disposable } from 'vscode';
import { commands, views, type CommandId } from '../../contributions';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { showLog } from '../run-action';
import { buildSnapshot } from './build-snapshot';
import { captureSnapshot } from './capture-snapshot';
import { connect, connectLangSmith, connectLocal, howToGetEngine, reconnect, updateKey } from './connect';
import { copy } from './copy';
import { copyDiagnostics } from './copy-diagnostics';
import { copyLink } from './copy-link';
import { createSandbox, createSandboxFrom } from './create-sandbox';
import { deleteSandbox } from './delete-sandbox';
import { cancelBuild, deleteSnapshot } from './delete-snapshot';
import { clearFilter, filter } from './filter';
import { groupSandboxes } from './group-sandboxes';
import { loadMore } from './load-more';
import { recreateSandbox } from './recreate-sandbox';
import { refresh } from './refresh';
import { removeRegistry } from './remove-registry';
import { showActivity } from './show-activity';
import { showDetails } from './show-details';
import { showFailure } from './show-failure';
import { showResource } from './show-resource';
import { showServerLog } from './show-server-log';
import { signOut } from './sign-out';
import { startSandbox } from './start-sandbox';
import { stopAllMine } from './stop-all-mine';
import { stopSandbox } from './stop-sandbox';

/**
 * `argument` is a row's resource id when the command comes from a row; from the palette there is none.
 * `selected` are the ids of the rows that are selected together with it, itself among them; absent when it is alone.
 */
type Handler = (desk: Desk, argument: unknown, selected: unknown) => unknown;

const handlers: Record<CommandId, Handler> = {
  [commands.connect]: connect,
  [commands.connectLocal]: connectLocal,
  [commands.connectLangSmith]: connectLangSmith,
  [commands.updateKey]: updateKey,
  [commands.reconnect]: reconnect,
  [commands.signOut]: signOut,
  [commands.refresh]: refresh,
  [commands.filterSandboxes]: (desk) => filter(desk, 'boxes'),
  [commands.clearSandboxFilter]: (desk) => clearFilter(desk, 'boxes'),
  [commands.filterSnapshots]: (desk) => filter(desk, 'snapshots'),
  [commands.clearSnapshotFilter]: (desk) => clearFilter(desk, 'snapshots'),
  [commands.groupSandboxes]: groupSandboxes,
  [commands.showResource]: showResource,
  [commands.loadMore]: loadMore,
  [commands.buildSnapshot]: buildSnapshot,
  [commands.cancelBuild]: cancelBuild,
  [commands.captureSnapshot]: captureSnapshot,
  [commands.createSandbox]: createSandbox,
  [commands.createSandboxFrom]: createSandboxFrom,
  [commands.startSandbox]: startSandbox,
  [commands.stopSandbox]: stopSandbox,
  [commands.stopAllMine]: stopAllMine,
  [commands.deleteSandbox]: deleteSandbox,
  [commands.deleteSnapshot]: deleteSnapshot,
  [commands.removeRegistry]: removeRegistry,
  [commands.copyId]: (desk, id, selected) => copy(desk, 'id', id, selected),
  [commands.copyName]: (desk, id, selected) => copy(desk, 'name', id, selected),
  [commands.copyLink]: copyLink,
  [commands.copyDiagnostics]: copyDiagnostics,
  [commands.recreateSandbox]: recreateSandbox,
  [commands.showActivity]: showActivity,
  [commands.clearActivity]: ({ activities }) => activities.forgetEnded(),
  [commands.showDetails]: showDetails,
  [commands.showFailure]: showFailure,
  [commands.showLog]: ({ channel }) => channel.show(),
  [commands.showServerLog]: showServerLog,
  [commands.howToGetEngine]: howToGetEngine,
  [commands.showSandboxes]: () => editor.executeCommand(`${views.sandboxes}.focus`),
};

/** Every command of the table. What a handler lets slip ends in the log and in one sentence, not in silence. */
export function registerCommands(desk: Desk): Disposable[] {
  return Object.values(commands).map((id) =>
    editor.registerCommand(id, async (argument: unknown, selected: unknown) => {
      try {
        await handlers[id](desk, argument, selected);
      } catch (error) {
        desk.log.error(`${id} has a fault`, error);
        void notice(
          'error',
          l10n.t('The command ended by a fault of this extension, which the log describes.'),
          [showLog(desk)],
        );
      }
    }),
  );
}
