import { commands as editor } from 'vscode';
import { sandboxFile } from '../files/uris';
import type { Desk } from '../desk';

/** The file of a row. */
export async function openFile(_: Desk, rowId: unknown): Promise<void> {
  const file = sandboxFile(rowId);
  if (file) await editor.executeCommand('vscode.open', file);
}
