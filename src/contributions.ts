/**
 * Every id that the manifest and the code share. `test/unit/contributions.test.ts` holds this table equal to
 * `package.json`: an id that only one side has fails the build.
 */

export const viewContainer = 'langsmithSandboxes';

export const views = {
  sandboxes: 'langsmithSandboxes.sandboxes',
  snapshots: 'langsmithSandboxes.snapshots',
  activity: 'langsmithSandboxes.activity',
} as const;
export type ViewId = (typeof views)[keyof typeof views];

export const commands = {
  connect: 'langsmithSandboxes.connect',
  connectLocal: 'langsmithSandboxes.connectLocal',
  connectLangSmith: 'langsmithSandboxes.connectLangSmith',
  updateKey: 'langsmithSandboxes.updateKey',
  reconnect: 'langsmithSandboxes.reconnect',
  renameConnection: 'langsmithSandboxes.renameConnection',
  signOut: 'langsmithSandboxes.signOut',
  refresh: 'langsmithSandboxes.refresh',
  filterSandboxes: 'langsmithSandboxes.filterSandboxes',
  clearSandboxFilter: 'langsmithSandboxes.clearSandboxFilter',
  filterSnapshots: 'langsmithSandboxes.filterSnapshots',
  clearSnapshotFilter: 'langsmithSandboxes.clearSnapshotFilter',
  groupSandboxes: 'langsmithSandboxes.groupSandboxes',
  showResource: 'langsmithSandboxes.showResource',
  loadMore: 'langsmithSandboxes.loadMore',
  buildSnapshot: 'langsmithSandboxes.buildSnapshot',
  cancelBuild: 'langsmithSandboxes.cancelBuild',
  addSandboxFolder: 'langsmithSandboxes.addSandboxFolder',
  openSandboxFile: 'langsmithSandboxes.openSandboxFile',
  uploadToSandbox: 'langsmithSandboxes.uploadToSandbox',
  downloadFromSandbox: 'langsmithSandboxes.downloadFromSandbox',
  findInSandbox: 'langsmithSandboxes.findInSandbox',
  compareWithSandbox: 'langsmithSandboxes.compareWithSandbox',
  openFile: 'langsmithSandboxes.openFile',
  newFile: 'langsmithSandboxes.newFile',
  newFolder: 'langsmithSandboxes.newFolder',
  renameFile: 'langsmithSandboxes.renameFile',
  deleteFile: 'langsmithSandboxes.deleteFile',
  copyPath: 'langsmithSandboxes.copyPath',
  refreshFiles: 'langsmithSandboxes.refreshFiles',
  makeFilesReadOnly: 'langsmithSandboxes.makeFilesReadOnly',
  allowFileChanges: 'langsmithSandboxes.allowFileChanges',
  compareFolders: 'langsmithSandboxes.compareFolders',
  changedSinceSnapshot: 'langsmithSandboxes.changedSinceSnapshot',
  showChanges: 'langsmithSandboxes.showChanges',
  captureSnapshot: 'langsmithSandboxes.captureSnapshot',
  createSandbox: 'langsmithSandboxes.createSandbox',
  createSandboxFrom: 'langsmithSandboxes.createSandboxFrom',
  openTerminal: 'langsmithSandboxes.openTerminal',
  reattachTerminal: 'langsmithSandboxes.reattachTerminal',
  runCommand: 'langsmithSandboxes.runCommand',
  runFile: 'langsmithSandboxes.runFile',
  runSelection: 'langsmithSandboxes.runSelection',
  startSandbox: 'langsmithSandboxes.startSandbox',
  stopSandbox: 'langsmithSandboxes.stopSandbox',
  stopAllMine: 'langsmithSandboxes.stopAllMine',
  deleteSandbox: 'langsmithSandboxes.deleteSandbox',
  forceDeleteSandbox: 'langsmithSandboxes.forceDeleteSandbox',
  deleteSnapshot: 'langsmithSandboxes.deleteSnapshot',
  removeRegistry: 'langsmithSandboxes.removeRegistry',
  copyId: 'langsmithSandboxes.copyId',
  copyName: 'langsmithSandboxes.copyName',
  copyLink: 'langsmithSandboxes.copyLink',
  copyDiagnostics: 'langsmithSandboxes.copyDiagnostics',
  recreateSandbox: 'langsmithSandboxes.recreateSandbox',
  refreshPorts: 'langsmithSandboxes.refreshPorts',
  forwardPort: 'langsmithSandboxes.forwardPort',
  stopForwarding: 'langsmithSandboxes.stopForwarding',
  openPort: 'langsmithSandboxes.openPort',
  openPortInEditor: 'langsmithSandboxes.openPortInEditor',
  copyPortLink: 'langsmithSandboxes.copyPortLink',
  stopSharing: 'langsmithSandboxes.stopSharing',
  useInTerminals: 'langsmithSandboxes.useInTerminals',
  stopUsingInTerminals: 'langsmithSandboxes.stopUsingInTerminals',
  newScript: 'langsmithSandboxes.newScript',
  showActivity: 'langsmithSandboxes.showActivity',
  clearActivity: 'langsmithSandboxes.clearActivity',
  showDetails: 'langsmithSandboxes.showDetails',
  showFailure: 'langsmithSandboxes.showFailure',
  showLog: 'langsmithSandboxes.showLog',
  showServerLog: 'langsmithSandboxes.showServerLog',
  howToGetEngine: 'langsmithSandboxes.howToGetEngine',
  showSandboxes: 'langsmithSandboxes.showSandboxes',
} as const;
export type CommandId = (typeof commands)[keyof typeof commands];

/** Context keys and the values they take; the manifest's `when` clauses read them. */
export interface ContextKeys {
  'langsmithSandboxes.connection': ConnectionContext;
  'langsmithSandboxes.connectionKind': 'none' | 'local' | 'langsmith';
  'langsmithSandboxes.sandboxList': ListContext;
  'langsmithSandboxes.snapshotList': ListContext;
  'langsmithSandboxes.readySnapshot': ReadySnapshotContext;
  'langsmithSandboxes.sandboxFilter': boolean;
  'langsmithSandboxes.snapshotFilter': boolean;
  'langsmithSandboxes.inTerminals': boolean;
  /** Whether there is a comparison to go through. */
  'langsmithSandboxes.compared': boolean;
}
/** Beside the states, the failures that have a way out of their own. */
export type ConnectionContext =
  'signed-out' | 'connecting' | 'connected' | 'no-engine' | 'no-key' | 'local-key-refused' | 'failed';
export type ListContext = 'unknown' | 'empty' | 'no-match' | 'rows' | 'refused' | 'unreachable' | 'failed';
/** Whether there is a snapshot that a sandbox can boot from. */
export type ReadySnapshotContext = 'some' | 'none' | 'unknown';

/** Of read-only documents; not in the manifest. */
export const schemes = {
  details: 'langsmith-sandboxes-details',
  activity: 'langsmith-sandboxes-activity',
  original: 'langsmith-sandboxes-original',
} as const;

/** Of the files of sandboxes. */
export const fileScheme = 'langsmith-sandbox';

export const contextKeys = {
  connection: 'langsmithSandboxes.connection',
  connectionKind: 'langsmithSandboxes.connectionKind',
  sandboxList: 'langsmithSandboxes.sandboxList',
  snapshotList: 'langsmithSandboxes.snapshotList',
  readySnapshot: 'langsmithSandboxes.readySnapshot',
  sandboxFilter: 'langsmithSandboxes.sandboxFilter',
  snapshotFilter: 'langsmithSandboxes.snapshotFilter',
  inTerminals: 'langsmithSandboxes.inTerminals',
  compared: 'langsmithSandboxes.compared',
} as const satisfies Record<string, keyof ContextKeys>;

export const terminalProfile = 'langsmithSandboxes.terminal';
/** Of tasks in `tasks.json`. */
export const taskType = 'langsmith-sandbox';

export const settings = {
  pageSize: 'langsmithSandboxes.pageSize',
  localEngine: 'langsmithSandboxes.local.engine',
  terminalShell: 'langsmithSandboxes.terminal.shell',
  forwardSshAgent: 'langsmithSandboxes.terminal.forwardSshAgent',
} as const;
