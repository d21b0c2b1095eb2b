import { env, l10n, window } from 'vscode';
import { fileOfRow } from '../../app/files/file-place';
import type { Desk } from '../desk';
import { namesInShort } from '../words/count';
import { selectedRows } from './selected';

/** The path, in its sandbox, of a row's file or folder and of all that are selected with it. */
export async function copyPath(_: Desk, rowId: unknown, selected: unknown): Promise<void> {
  const paths = selectedRows(rowId, selected).flatMap((id) => fileOfRow(id)?.path ?? []);
  if (paths.length === 0) return;
  await env.clipboard.writeText(paths.join('\n'));
  window.setStatusBarMessage(l10n.t('Copied {0}', namesInShort(paths)), shownMs);
}

const shownMs = 3_000;
