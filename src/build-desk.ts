import { window, workspace, type ExtensionContext } from 'vscode';
import { Transport } from './api/transport';
import { Connections } from './app/connections';
import { Credentials } from './app/credentials';
import { accountOf } from './app/environment';
import { Log } from './app/log';
import { Memory } from './app/memory';
import type { Observed } from './app/observable';
import { pageSizeOf } from './app/page-size';
import { Polling } from './app/polling/polling';
import type { Visibility } from './app/polling/visibility';
import { Redactor } from './app/redact';
import { settings } from './contributions';
import { activitiesOf } from './ui/activities';
import type { Desk } from './ui/desk';
import { editorNetwork } from './ui/editor-network';
import { localServer } from './ui/local-server';
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
      new Transport({ ...editorNetwork(redactor.learn), endpoint, apiKey, headers, onRequest: log.request }),
    reachLocal: local.reach,
  });
  const trees = createTrees(connections, memory.grouping);
  const visibility = followVisibility(trees, context.subscriptions);
  const polling = new Polling(connections, visibility);
  context.subscriptions.push(channel, connections, trees.sandboxes, trees.snapshots, polling);
  const desk: Desk = {
    connections,
    activities,
    memory,
    environmentAccount,
    trees,
    polling,
    log,
    channel,
    drafts: noDrafts(),
    serverLog: local.log,
    redact,
    protect: redactor.learn,
  };
  return { desk, visibility };
}
