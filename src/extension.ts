import { Disposable, ExtensionMode, type ExtensionContext } from 'vscode';
import { activityFolder, isAnythingLeft } from './app/activity/folder';
import { areTerminalsLeft } from './app/terminals/left';
import { workspaceChoice } from './app/own-code/workspace-choice';
import { fileSystemStandIn } from './ui/files/file-system-stand-in';
import { standIns } from './ui/stand-ins';
import type { Window } from './window';

/** What `activate` gives to the tests that run in the extension host, and to nobody else. */
export interface InTests {
  /** Opened if it was not. */
  readonly window: () => Promise<Window>;
  readonly isOpen: () => boolean;
}

/**
 * Says what there is, and opens the rest when something of it is first wanted: an editor in which nobody looks at a
 * sandbox starts as if this extension did nothing.
 */
export function activate(context: ExtensionContext): InTests | undefined {
  let opening: Promise<Window> | undefined;
  const open = (): Promise<Window> =>
    (opening ??= openInPlaceOf(inPlace, context).catch((error: unknown) => {
      opening = undefined;
      throw error;
    }));
  const inPlace = Disposable.from(...standIns(open));
  context.subscriptions.push(inPlace, fileSystemStandIn(open));
  const folder = activityFolder(context.globalStorageUri.fsPath);
  const { workspaceState } = context;
  if (areTerminalsLeft(workspaceState) || workspaceChoice(workspaceState).isOn) void open();
  else void isAnythingLeft(folder).then((isLeft) => (isLeft ? open() : undefined));
  return context.extensionMode === ExtensionMode.Test ? { window: open, isOpen: () => !!opening } : undefined;
}

/** Nothing is without a handler in between: the one's end and the other's begin are one turn. */
async function openInPlaceOf(standing: Disposable, context: ExtensionContext): Promise<Window> {
  const { openWindow } = await import('./window');
  standing.dispose();
  return openWindow(context);
}
