import { l10n, MarkdownString, StatusBarAlignment, window, type StatusBarItem } from 'vscode';
import { commands } from '../../contributions';
import type { Connection } from '../../app/connection';
import type { Connections } from '../../app/connections';
import type { Subscription } from '../../app/observable';
import { runningIn } from '../../app/running';
import { statusWords } from './status-words';

/** The one item in the status bar: the connection, and how many sandboxes run. Not there while signed out. */
export function showStatusItem(connections: Connections): Subscription {
  const item = window.createStatusBarItem('langsmithSandboxes.status', StatusBarAlignment.Left);
  item.name = l10n.t('LangSmith Sandboxes');
  item.command = commands.showSandboxes;
  let ofSession: Subscription | undefined;
  const follow = (): void => {
    ofSession?.dispose();
    const connection = connections.current.value;
    ofSession = connection.session?.inventory.boxes.listing.subscribe(() => paint(item, connection));
    paint(item, connection);
  };
  const ofConnections = connections.current.subscribe(follow);
  follow();
  return {
    dispose: () => {
      ofConnections.dispose();
      ofSession?.dispose();
      item.dispose();
    },
  };
}

function paint(item: StatusBarItem, connection: Connection): void {
  const words = statusWords(connection, connection.session && runningIn(connection.session.inventory));
  if (!words) {
    item.hide();
    return;
  }
  item.text = `$(${words.icon}) ${words.text}`;
  item.accessibilityInformation = { label: words.spoken };
  const tooltip = new MarkdownString(undefined, true);
  tooltip.isTrusted = { enabledCommands: [commands.connect] };
  tooltip.appendText(words.spoken);
  tooltip.appendMarkdown(`\n\n[${l10n.t('Switch Connection…')}](command:${commands.connect})`);
  item.tooltip = tooltip;
  item.show();
}
