import {
  commands as editor,
  TreeItem,
  window,
  workspace,
  type Disposable,
  type TextDocumentContentProvider,
  type TreeDataProvider,
} from 'vscode';
import { commands, schemes, views } from '../contributions';
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
    window.registerUriHandler({ handleUri: async (uri) => (await open()).handleUri(uri) }),
  ];
}
