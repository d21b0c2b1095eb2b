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
  captureSnapshot: 'langsmithSandboxes.captureSnapshot',
  createSandbox: 'langsmithSandboxes.createSandbox',
  createSandboxFrom: 'langsmithSandboxes.createSandboxFrom',
  startSandbox: 'langsmithSandboxes.startSandbox',
  stopSandbox: 'langsmithSandboxes.stopSandbox',
  stopAllMine: 'langsmithSandboxes.stopAllMine',
  deleteSandbox: 'langsmithSandboxes.deleteSandbox',
  deleteSnapshot: 'langsmithSandboxes.deleteSnapshot',
  removeRegistry: 'langsmithSandboxes.removeRegistry',
  copyId: 'langsmithSandboxes.copyId',
  copyName: 'langsmithSandboxes.copyName',
  copyLink: 'langsmithSandboxes.copyLink',
  copyDiagnostics: 'langsmithSandboxes.copyDiagnostics',
  recreateSandbox: 'langsmithSandboxes.recreateSandbox',
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
} as const;

export const contextKeys = {
  connection: 'langsmithSandboxes.connection',
  connectionKind: 'langsmithSandboxes.connectionKind',
  sandboxList: 'langsmithSandboxes.sandboxList',
  snapshotList: 'langsmithSandboxes.snapshotList',
  readySnapshot: 'langsmithSandboxes.readySnapshot',
  sandboxFilter: 'langsmithSandboxes.sandboxFilter',
  snapshotFilter: 'langsmithSandboxes.snapshotFilter',
} as const satisfies Record<string, keyof ContextKeys>;

export const settings = {
  pageSize: 'langsmithSandboxes.pageSize',
  localEngine: 'langsmithSandboxes.local.engine',
} as const;
