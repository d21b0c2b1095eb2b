import { window, workspace, ExtensionMode, type ExtensionContext } from 'vscode';
import { Transport } from './api/transport';
import { Connections } from './app/connections';
import { Credentials } from './app/credentials';
import { accountOf } from './app/environment';
import { Log } from './app/log';
import { Memory } from './app/memory';
import { pageSizeOf } from './app/page-size';
import { Polling } from './app/polling/polling';
import { Redactor } from './app/redact';
import { settings } from './contributions';
import { activitiesOf, followActivities } from './ui/activities';
import { registerCommands } from './ui/commands/register';
import { publishContext } from './ui/context-keys';
import type { Desk } from './ui/desk';
import { followKeyRefusals } from './ui/key-refusals';
import { DetailsProvider } from './ui/details/details-provider';
import { followLinks } from './ui/links/follow-links';
import { localServer } from './ui/local-server';
import { createTrees } from './ui/trees/trees';
import { showStatusItem } from './ui/status/status-item';
import { followVisibility, whenSeen } from './ui/visibility';
import { noDrafts } from './ui/wizards/drafts';

/** What `activate` gives to the tests that run in the extension host, and to nobody else. */
export interface InTests {
  readonly desk: Desk;
  readonly context: ExtensionContext;
}

/** Builds and wires everything; the editor disposes it. Nothing is asked of any server before a view is in sight. */
export function activate(context: ExtensionContext): InTests | undefined {
  const redactor = new Redactor();
  const channel = window.createOutputChannel('LangSmith Sandboxes', { log: true });
  const log = new Log(channel, redactor);
  const redact = (text: string): string => redactor.redact(text);
  const activities = activitiesOf(context, log, redact);
  const memory = new Memory(context.globalState);
  const credentials = new Credentials(context.secrets, redactor.learn);
  const local = localServer(context, credentials, log);
  const environmentAccount = () => accountOf(process.env, redactor.learn);
  const connections = new Connections({
    credentials,
    remembered: memory,
    pageSize: () => pageSizeOf(workspace.getConfiguration().get(settings.pageSize)),
    environmentAccount,
    openTransport: (endpoint, apiKey, headers) =>
      new Transport({ endpoint, apiKey, headers, onRequest: log.request }),
    reachLocal: local.reach,
  });
  const trees = createTrees(connections, memory.grouping);
  const visibility = followVisibility(trees, context.subscriptions);
  const desk: Desk = {
    connections,
    activities,
    memory,
    environmentAccount,
    trees,
    log,
    channel,
    drafts: noDrafts(),
    serverLog: local.log,
    redact,
    protect: redactor.learn,
  };
  context.subscriptions.push(channel, connections, trees.sandboxes, trees.snapshots);
  context.subscriptions.push(
    publishContext(connections),
    showStatusItem(connections),
    new DetailsProvider(connections, redact),
    ...followActivities(desk),
    followKeyRefusals(desk),
    followLinks(desk),
    new Polling(connections, visibility),
  );
  context.subscriptions.push(...registerCommands(desk));
  whenSeen(visibility, () => void connections.restore());
  return context.extensionMode === ExtensionMode.Test ? { desk, context } : undefined;
}
