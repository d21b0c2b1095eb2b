import { window, workspace, type ExtensionContext } from 'vscode';
import { Transport } from './api/transport';
import { Connections } from './app/connections';
import { Credentials } from './app/credentials';
import { accountOf } from './app/environment';
import { Uses } from './app/idle/uses';
import { Reach } from './app/files/reach';
import { FileChanges } from './app/files/file-changes';
import { ReadOnlyFiles } from './app/files/read-only-files';
import { SandboxFiles } from './app/files/sandbox-files';
import { ShownFolders } from './app/files/shown-folders';
import { Log } from './app/log';
import { Memory } from './app/memory';
import type { Observed } from './app/observable';
import { keyOfTarget } from './app/own-code/key-of';
import { TerminalAccess } from './app/own-code/terminal-access';
import { forgetTitle, ProfileTitles, titlesFolder } from './app/profile-titles';
import { pageSizeOf } from './app/page-size';
import { Polling } from './app/polling/polling';
import type { Visibility } from './app/polling/visibility';
import { Redactor } from './app/redact';
import { CommandHistory } from './app/runs/history';
import { KeptTerminals } from './app/terminals/kept';
import { openServices } from './app/services/services';
import { settings } from './contributions';
import { activitiesOf } from './ui/activities';
import { LastComparison } from './ui/changes/last-comparison';
import { OriginalDocuments } from './ui/changes/original-documents';
import type { Desk } from './ui/desk';
import { sandboxDrag } from './ui/files/drag';
import { followMissedKeys } from './ui/missed-keys';
import { networkReader } from './ui/editor-network';
import { localServer } from './ui/local-server';
import { secretEntries } from './ui/secret-entries';
import { Terminals } from './ui/terminals/terminals';
import { createTrees } from './ui/trees/trees';
import { followVisibility } from './ui/visibility';
import { noDrafts } from './ui/wizards/drafts';

/** Builds what commands work with, and what tells whether somebody looks; the editor disposes it. */
export function buildDesk(context: ExtensionContext): { desk: Desk; visibility: Observed<Visibility> } {
  const redactor = new Redactor();
  const channel = window.createOutputChannel('LangSmith Sandboxes', { log: true });
  const log = new Log(channel, redactor);
  const redact = (text: string): string => redactor.redact(text);
  const activities = activitiesOf(context, log, redact);
  const namesFolder = titlesFolder(context.globalStorageUri.fsPath);
  const namesFailed = (error: unknown): void =>
    log.error('the names of connections could not be read or written', error);
  const memory = new Memory(context.globalState, (profile) =>
    forgetTitle(namesFolder, profile).catch(namesFailed),
  );
  const credentials = new Credentials(secretEntries(context, log), redactor.learn);
  const local = localServer(context, credentials, log);
  const networkOf = networkReader(log, redactor.learn);
  const environmentAccount = () => accountOf(process.env, redactor.learn);
  const connections = new Connections({
    credentials,
    remembered: memory,
    pageSize: () => pageSizeOf(workspace.getConfiguration().get(settings.pageSize)),
    environmentAccount,
    openTransport: (endpoint, apiKey, headers) =>
      new Transport({ ...networkOf(endpoint), endpoint, apiKey, headers, onRequest: log.request }),
    reachLocal: local.reach,
  });
  const titles = new ProfileTitles({
    credentials,
    memory,
    connections,
    folder: namesFolder,
    onError: namesFailed,
  });
  const services = openServices(connections.current);
  const terminalAccess = new TerminalAccess({
    current: connections.current,
    state: context.workspaceState,
    keyOf: (target) => keyOfTarget(target, credentials, environmentAccount),
    onError: (error) => log.error('the key of the connection could not be read', error),
  });
  const uses = new Uses();
  const files = new SandboxFiles(new Reach(connections, (id) => uses.touch(id)));
  const readOnly = new ReadOnlyFiles(context.workspaceState);
  const fileChanges = new FileChanges(files, readOnly);
  const folders = new ShownFolders(files, fileChanges, connections.current);
  const drag = sandboxDrag(() => desk);
  const trees = createTrees(connections, { grouping: memory.grouping, services, folders, readOnly, drag });
  const visibility = followVisibility(trees, context.subscriptions);
  const polling = new Polling(connections, visibility);
  const kept = new KeptTerminals(context.workspaceState);
  const terminals = new Terminals({
    kept,
    connections,
    polling,
    uses,
    onError: (error) => log.error('the terminals could not be written down', error),
  });
  context.subscriptions.push(
    channel,
    connections,
    titles,
    followMissedKeys(connections, credentials),
    trees.sandboxes,
    trees.snapshots,
    polling,
    services,
    folders,
    terminalAccess,
    terminals,
  );
  const desk: Desk = {
    connections,
    titles,
    activities,
    memory,
    environmentAccount,
    trees,
    polling,
    terminals,
    uses,
    history: new CommandHistory(context.workspaceState, redact),
    services,
    terminalAccess,
    log,
    channel,
    drafts: noDrafts(),
    files,
    fileChanges,
    folders,
    readOnly,
    originals: new OriginalDocuments(),
    lastComparison: new LastComparison(),
    serverLog: local.log,
    redact,
    protect: redactor.learn,
  };
  return { desk, visibility };
}
