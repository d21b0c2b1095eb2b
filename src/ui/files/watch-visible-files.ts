import { Disposable, window, type Uri } from 'vscode';
import type { FileChange } from '../../app/files/file-changes';
import type { SandboxFiles } from '../../app/files/sandbox-files';
import { fileScheme } from '../../contributions';
import { fileAt, isPresentState } from './sandbox-uri';

const pauseMs = 5_000;

/**
 * Tells when somebody else changes a file that is open in sight. Each look counts as a use of the sandbox, which keeps
 * it from stopping for idleness: so only while the window has the focus and somebody works in it, and never at files
 * that are merely open, nor at folders. Failures are told by whatever the user does next.
 */
export function watchVisibleFiles(
  files: Pick<SandboxFiles, 'changeOf'>,
  tell: (changes: FileChange[]) => void,
): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  const look = async (): Promise<void> => {
    const changes = await Promise.all(watched().map((uri) => changeOf(files, uri)));
    const found = changes.filter((change) => change !== undefined);
    if (found.length > 0 && !isOver) tell(found);
  };
  const next = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (isOver || watched().length === 0) return;
    timer = setTimeout(() => void look().finally(next), pauseMs);
  };
  const subscriptions = [window.onDidChangeVisibleTextEditors(next), window.onDidChangeWindowState(next)];
  next();
  return new Disposable(() => {
    isOver = true;
    clearTimeout(timer);
    for (const subscription of subscriptions) subscription.dispose();
  });
}

function watched(): Uri[] {
  const { focused, active } = window.state;
  if (!focused || !active) return [];
  const uris = window.visibleTextEditors
    .map(({ document }) => document.uri)
    .filter((uri) => uri.scheme === fileScheme && !isPresentState(uri));
  return [...new Map(uris.map((uri) => [uri.toString(), uri])).values()];
}

async function changeOf(files: Pick<SandboxFiles, 'changeOf'>, uri: Uri): Promise<FileChange | undefined> {
  const at = fileAt(uri);
  const change = await files.changeOf(at).catch(() => undefined);
  return change && { kind: change === 'removed' ? 'deleted' : 'changed', at };
}
