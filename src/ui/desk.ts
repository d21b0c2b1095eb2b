import type { LogOutputChannel, Uri } from 'vscode';
import type { Secret } from '../api/secret';
import type { Activities } from '../app/activity/activities';
import type { Connections } from '../app/connections';
import type { EnvironmentAccount } from '../app/environment';
import type { Log } from '../app/log';
import type { Memory } from '../app/memory';
import type { Polling } from '../app/polling/polling';
import type { Drafts } from './wizards/drafts';
import type { Trees } from './trees/trees';

/** What commands work with; the composition root makes one. */
export interface Desk {
  readonly connections: Connections;
  readonly activities: Activities;
  readonly memory: Memory;
  /** The account that the environment names, read at each asking. */
  readonly environmentAccount: () => EnvironmentAccount | undefined;
  readonly trees: Trees;
  readonly polling: Pick<Polling, 'refresh'>;
  readonly drafts: Drafts;
  readonly log: Log;
  readonly channel: LogOutputChannel;
  /** The local server writes it. */
  readonly serverLog: Uri;
  /** The text without the secrets that are known. */
  readonly redact: (text: string) => string;
  /** Keeps a secret that was just typed out of the log. */
  readonly protect: (secret: Secret) => void;
}
