import type { LogOutputChannel, Uri } from 'vscode';
import type { Secret } from '../api/secret';
import type { Activities } from '../app/activity/activities';
import type { Connections } from '../app/connections';
import type { EnvironmentAccount } from '../app/environment';
import type { Uses } from '../app/idle/uses';
import type { FileChanges } from '../app/files/file-changes';
import type { ReadOnlyFiles } from '../app/files/read-only-files';
import type { SandboxFiles } from '../app/files/sandbox-files';
import type { ShownFolders } from '../app/files/shown-folders';
import type { Log } from '../app/log';
import type { ProfileTitles } from '../app/profile-titles';
import type { Memory } from '../app/memory';
import type { CommandHistory } from '../app/runs/history';
import type { TerminalAccess } from '../app/own-code/terminal-access';
import type { Polling } from '../app/polling/polling';
import type { Services } from '../app/services/services';
import type { LastComparison } from './changes/last-comparison';
import type { OriginalDocuments } from './changes/original-documents';
import type { Drafts } from './wizards/drafts';
import type { Terminals } from './terminals/terminals';
import type { Trees } from './trees/trees';

/** What commands work with; the composition root makes one. */
export interface Desk {
  readonly connections: Connections;
  readonly titles: ProfileTitles;
  readonly activities: Activities;
  readonly memory: Memory;
  /** The account that the environment names, read at each asking. */
  readonly environmentAccount: () => EnvironmentAccount | undefined;
  readonly trees: Trees;
  readonly polling: Pick<Polling, 'refresh'>;
  readonly terminals: Terminals;
  readonly uses: Uses;
  readonly history: CommandHistory;
  readonly services: Services;
  readonly terminalAccess: TerminalAccess;
  readonly drafts: Drafts;
  readonly files: SandboxFiles;
  readonly fileChanges: FileChanges;
  readonly folders: ShownFolders;
  readonly readOnly: ReadOnlyFiles;
  readonly originals: OriginalDocuments;
  readonly lastComparison: LastComparison;
  readonly log: Log;
  readonly channel: LogOutputChannel;
  /** The local server writes it. */
  readonly serverLog: Uri;
  /** The text without the secrets that are known. */
  readonly redact: (text: string) => string;
  /** Keeps a secret that was just typed out of the log. */
  readonly protect: (secret: Secret) => void;
}
