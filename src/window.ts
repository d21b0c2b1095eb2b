import {
  tasks,
  window,
  type ExtensionContext,
  type TaskProvider,
  type TerminalProfileProvider,
  type UriHandler,
} from 'vscode';
import { buildDesk } from './build-desk';
import { areTerminalsLeft } from './app/terminals/left';
import { taskType, terminalProfile } from './contributions';
import { followActivities } from './ui/activities';
import { registerCommands } from './ui/commands/register';
import { publishContext } from './ui/context-keys';
import type { Desk } from './ui/desk';
import { readOnlyDocuments, type Documents } from './ui/documents';
import { followEditorNetwork } from './ui/editor-network';
import { guardAgainstIdleness } from './ui/idle-guard';
import { followKeyRefusals } from './ui/key-refusals';
import type { SandboxFileSystem } from './ui/files/file-system-stand-in';
import { sandboxFileSystem } from './ui/files/sandbox-file-system';
import { linkHandler } from './ui/links/follow-links';
import { sandboxTasks } from './ui/runs/tasks';
import { followVariables } from './ui/own-code/follow-variables';
import { followForwards } from './ui/services/follow-forwards';
import { showStatusItem } from './ui/status/status-item';
import { offerReattach } from './ui/terminals/offer-reattach';
import { terminalProfiles } from './ui/terminals/profile';
import { whenSeen } from './ui/visibility';

/** All of the extension in one window of the editor. */
export interface Window extends UriHandler, TerminalProfileProvider {
  readonly desk: Desk;
  readonly context: ExtensionContext;
  readonly runs: TaskProvider;
  /** Of a document of one of our schemes. */
  readonly textOf: Documents['textOf'];
  /** Of sandboxes. */
  readonly files: SandboxFileSystem;
}

/** Wires everything; the editor disposes it. Nothing is asked of any server before a view is in sight. */
export function openWindow(context: ExtensionContext): Window {
  const { desk, visibility } = buildDesk(context);
  const { connections } = desk;
  const documents = readOnlyDocuments(desk);
  const links = linkHandler(desk);
  const profiles = terminalProfiles(desk);
  const runs = sandboxTasks(desk);
  const files = sandboxFileSystem(desk);
  context.subscriptions.push(
    publishContext(connections),
    showStatusItem(connections),
    documents,
    files,
    ...followActivities(desk),
    followKeyRefusals(desk),
    followForwards(desk),
    followVariables(desk, context.environmentVariableCollection),
    followEditorNetwork(connections),
    offerReattach(desk),
    guardAgainstIdleness(desk),
    window.registerUriHandler(links),
    window.registerTerminalProfileProvider(terminalProfile, profiles),
    tasks.registerTaskProvider(taskType, runs),
    ...registerCommands(desk),
  );
  whenSeen(visibility, () => void connections.restore());
  if (areTerminalsLeft(context.workspaceState)) void connections.restore();
  return {
    desk,
    context,
    runs,
    textOf: documents.textOf,
    files,
    ...profiles,
    handleUri: (uri) => links.handleUri(uri),
  };
}
