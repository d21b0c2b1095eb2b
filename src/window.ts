import { window, type ExtensionContext, type TextDocumentContentProvider, type UriHandler } from 'vscode';
import { buildDesk } from './build-desk';
import { schemes } from './contributions';
import { followActivities } from './ui/activities';
import { ActivityDocuments } from './ui/activity/activity-documents';
import { registerCommands } from './ui/commands/register';
import { publishContext } from './ui/context-keys';
import type { Desk } from './ui/desk';
import { DetailsProvider } from './ui/details/details-provider';
import { followEditorNetwork } from './ui/editor-network';
import { followKeyRefusals } from './ui/key-refusals';
import { linkHandler } from './ui/links/follow-links';
import { showStatusItem } from './ui/status/status-item';
import { whenSeen } from './ui/visibility';

/** All of the extension in one window of the editor. */
export interface Window extends UriHandler {
  readonly desk: Desk;
  readonly context: ExtensionContext;
  /** Of a document of one of our schemes. */
  readonly textOf: TextDocumentContentProvider['provideTextDocumentContent'];
}

/** Wires everything; the editor disposes it. Nothing is asked of any server before a view is in sight. */
export function openWindow(context: ExtensionContext): Window {
  const { desk, visibility } = buildDesk(context);
  const { connections, activities } = desk;
  const details = new DetailsProvider(connections, desk.redact);
  const logs = new ActivityDocuments(activities);
  const links = linkHandler(desk);
  context.subscriptions.push(
    publishContext(connections),
    showStatusItem(connections),
    details,
    logs,
    ...followActivities(desk),
    followKeyRefusals(desk),
    followEditorNetwork(connections),
    window.registerUriHandler(links),
    ...registerCommands(desk),
  );
  whenSeen(visibility, () => void connections.restore());
  const textOf: Window['textOf'] = (uri) =>
    (uri.scheme === schemes.details ? details : logs).provideTextDocumentContent(uri);
  return { desk, context, textOf, handleUri: (uri) => links.handleUri(uri) };
}
