import {
  commands as editor,
  tasks,
  TreeItem,
  window,
  workspace,
  type Disposable,
  type TextDocumentContentProvider,
  type TreeDataProvider,
} from 'vscode';
import { commands, schemes, taskType, terminalProfile, views } from '../contributions';
import type { Window } from '../window';

/** For all the editor may ask of this extension: each opens the window, which takes their places, and passes on what was asked. */
export function standIns(open: () => Promise<Window>): Disposable[] {
  const rows: TreeDataProvider<never> = {
    getTreeItem: () => new TreeItem(''),
    getChildren: async () => {
      await open();
      return [];
    },
  };
  const documents: TextDocumentContentProvider = {
    provideTextDocumentContent: async (uri, token) => (await open()).textOf(uri, token),
  };
  return [
    ...Object.values(commands).map((id) =>
      editor.registerCommand(id, async (...given: unknown[]) => {
        await open();
        return editor.executeCommand(id, ...given);
      }),
    ),
    ...Object.values(views).map((view) => window.registerTreeDataProvider(view, rows)),
    ...Object.values(schemes).map((scheme) =>
      workspace.registerTextDocumentContentProvider(scheme, documents),
    ),
    window.registerTerminalProfileProvider(terminalProfile, {
      provideTerminalProfile: async (token) => (await open()).provideTerminalProfile(token),
    }),
    tasks.registerTaskProvider(taskType, {
      provideTasks: () => [],
      resolveTask: async (task, token) => (await open()).runs.resolveTask(task, token),
    }),
    window.registerUriHandler({ handleUri: async (uri) => (await open()).handleUri(uri) }),
  ];
}
