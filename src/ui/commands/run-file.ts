import { l10n, Range, Uri, window, workspace, type Selection, type TextDocument } from 'vscode';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { withoutMargin } from '../../app/runs/margin';
import { runText } from '../runs/run-text';

/** `target`: the file's URI, from a menu; without it, the file in the active editor. As it is there, saved or not. */
export async function runFile(desk: Desk, target: unknown): Promise<void> {
  const document = await documentOf(target).catch((error: unknown) => error as Error);
  if (document instanceof Error) {
    void notice(
      'warning',
      l10n.t('The file can not be run, for it does not open as text: {0}', document.message),
    );
    return;
  }
  if (!document) {
    void notice('information', l10n.t('Open the file that is to run in the sandbox.'));
    return;
  }
  await runText(desk, l10n.t('Run File in Sandbox'), document, document.getText());
}

/** What is selected in the active editor, or the line that the cursor is in. */
export async function runSelection(desk: Desk): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    void notice('information', l10n.t('Select in an editor what is to run in the sandbox.'));
    return;
  }
  const { document, selection } = editor;
  const text = withoutMargin(document.getText(rangeToRun(document, selection)));
  await runText(desk, l10n.t('Run Selection in Sandbox'), document, text);
}

/** The first line from its start, where nothing but white space stands before what is selected. */
function rangeToRun(document: TextDocument, selection: Selection): Range {
  const { start, end } = selection;
  const line = document.lineAt(start.line);
  if (selection.isEmpty) return line.range;
  return start.character <= line.firstNonWhitespaceCharacterIndex
    ? new Range(start.line, 0, end.line, end.character)
    : selection;
}

async function documentOf(target: unknown): Promise<TextDocument | undefined> {
  return target instanceof Uri ? workspace.openTextDocument(target) : window.activeTextEditor?.document;
}
