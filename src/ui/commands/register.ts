import { commands as editor, type Disposable } from 'vscode';
import { commands, views, type CommandId } from '../../contributions';
import type { Desk } from '../desk';
import { orTellFault } from '../fault';
import { newScript } from '../own-code/new-script';
import { stopUsingInTerminals } from '../own-code/stop-using-in-terminals';
import { useInTerminals } from '../own-code/use-in-terminals';
import { copyPortLink } from '../services/copy-port-link';
import { forwardPort } from '../services/forward-port';
import { openPort } from '../services/open-port';
import { openPortInEditor } from '../services/open-port-in-editor';
import { refreshPorts } from '../services/refresh-ports';
import { stopForwarding } from '../services/stop-forwarding';
import { stopSharing } from '../services/stop-sharing';
import { addSandboxFolder } from './add-sandbox-folder';
import { buildSnapshot } from './build-snapshot';
import { captureSnapshot } from './capture-snapshot';
import { changedSinceSnapshot } from './changed-since-snapshot';
import { compareFolders } from './compare-folders';
import { compareWithSandbox } from './compare-with-sandbox';
import { connect, connectLangSmith, connectLocal, howToGetEngine, reconnect, updateKey } from './connect';
import { copy } from './copy';
import { copyDiagnostics } from './copy-diagnostics';
import { copyLink } from './copy-link';
import { copyPath } from './copy-path';
import { createSandbox, createSandboxFrom } from './create-sandbox';
import { deleteSandbox, forceDeleteSandbox } from './delete-sandbox';
import { deleteFile } from './delete-file';
import { cancelBuild, deleteSnapshot } from './delete-snapshot';
import { downloadFromSandbox } from './download-from-sandbox';
import { clearFilter, filter } from './filter';
import { findInSandbox } from './find-in-sandbox';
import { groupSandboxes } from './group-sandboxes';
import { loadMore } from './load-more';
import { newFile, newFolder } from './new-file';
import { openFile } from './open-file';
import { openTerminal } from './open-terminal';
import { reattachTerminal } from './reattach-terminal';
import { openSandboxFile } from './open-sandbox-file';
import { allowFileChanges, makeFilesReadOnly } from './read-only';
import { recreateSandbox } from './recreate-sandbox';
import { refresh } from './refresh';
import { refreshFiles } from './refresh-files';
import { renameConnection } from './rename-connection';
import { renameFile } from './rename-file';
import { removeRegistry } from './remove-registry';
import { runCommand } from './run-command';
import { runFile, runSelection } from './run-file';
import { showChanges } from './show-changes';
import { showActivity } from './show-activity';
import { showDetails } from './show-details';
import { showFailure } from './show-failure';
import { showResource } from './show-resource';
import { showServerLog } from './show-server-log';
import { signOut } from './sign-out';
import { startSandbox } from './start-sandbox';
import { stopAllMine } from './stop-all-mine';
import { stopSandbox } from './stop-sandbox';
import { uploadToSandbox } from './upload-to-sandbox';

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
  [commands.renameConnection]: renameConnection,
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
  [commands.addSandboxFolder]: addSandboxFolder,
  [commands.openSandboxFile]: openSandboxFile,
  [commands.uploadToSandbox]: uploadToSandbox,
  [commands.downloadFromSandbox]: downloadFromSandbox,
  [commands.findInSandbox]: findInSandbox,
  [commands.compareWithSandbox]: compareWithSandbox,
  [commands.openFile]: openFile,
  [commands.newFile]: newFile,
  [commands.newFolder]: newFolder,
  [commands.renameFile]: renameFile,
  [commands.deleteFile]: deleteFile,
  [commands.copyPath]: copyPath,
  [commands.refreshFiles]: refreshFiles,
  [commands.makeFilesReadOnly]: makeFilesReadOnly,
  [commands.allowFileChanges]: allowFileChanges,
  [commands.compareFolders]: compareFolders,
  [commands.changedSinceSnapshot]: changedSinceSnapshot,
  [commands.showChanges]: showChanges,
  [commands.captureSnapshot]: captureSnapshot,
  [commands.createSandbox]: createSandbox,
  [commands.createSandboxFrom]: createSandboxFrom,
  [commands.openTerminal]: openTerminal,
  [commands.reattachTerminal]: reattachTerminal,
  [commands.runCommand]: runCommand,
  [commands.runFile]: runFile,
  [commands.runSelection]: runSelection,
  [commands.startSandbox]: startSandbox,
  [commands.stopSandbox]: stopSandbox,
  [commands.stopAllMine]: stopAllMine,
  [commands.deleteSandbox]: deleteSandbox,
  [commands.forceDeleteSandbox]: forceDeleteSandbox,
  [commands.deleteSnapshot]: deleteSnapshot,
  [commands.removeRegistry]: removeRegistry,
  [commands.copyId]: (desk, id, selected) => copy(desk, 'id', id, selected),
  [commands.copyName]: (desk, id, selected) => copy(desk, 'name', id, selected),
  [commands.copyLink]: copyLink,
  [commands.copyDiagnostics]: copyDiagnostics,
  [commands.recreateSandbox]: recreateSandbox,
  [commands.refreshPorts]: refreshPorts,
  [commands.forwardPort]: forwardPort,
  [commands.stopForwarding]: stopForwarding,
  [commands.openPort]: openPort,
  [commands.openPortInEditor]: openPortInEditor,
  [commands.copyPortLink]: copyPortLink,
  [commands.stopSharing]: stopSharing,
  [commands.useInTerminals]: useInTerminals,
  [commands.stopUsingInTerminals]: stopUsingInTerminals,
  [commands.newScript]: newScript,
  [commands.showActivity]: showActivity,
  [commands.clearActivity]: ({ activities }) => activities.forgetEnded(),
  [commands.showDetails]: showDetails,
  [commands.showFailure]: showFailure,
  [commands.showLog]: ({ channel }) => channel.show(),
  [commands.showServerLog]: showServerLog,
  [commands.howToGetEngine]: howToGetEngine,
  [commands.showSandboxes]: () => editor.executeCommand(`${views.sandboxes}.focus`),
};

/** Every command of the table. */
export function registerCommands(desk: Desk): Disposable[] {
  return Object.values(commands).map((id) =>
    editor.registerCommand(id, (argument: unknown, selected: unknown) =>
      orTellFault(desk, id, () => handlers[id](desk, argument, selected)),
    ),
  );
}
