import { l10n, window, workspace } from 'vscode';
import { scriptFor, scriptKinds, type ScriptKind } from '../../app/code/use-sandbox';
import { portPlace } from '../../app/services/port-place';
import { chosenSandbox } from '../commands/chosen';
import type { Desk } from '../desk';

/** A document that is saved nowhere yet, with a program that works with the sandbox. */
export async function newScript(desk: Desk, rowId: unknown): Promise<void> {
  const title = l10n.t('New Script from Sandbox');
  const chosen = await chosenSandbox(desk, portPlace(rowId)?.boxId, {
    title,
    statuses: ['ready', 'stopped'],
    nothing: l10n.t('There is no sandbox to work with.'),
  });
  if (!chosen) return;
  const kinds = scriptKinds.map((script) => ({ ...wordsOf(script), script }));
  const placeHolder = l10n.t('Language of the program');
  const picked = await window.showQuickPick(kinds, { title, placeHolder, ignoreFocusOut: true });
  if (!picked) return;
  const content = scriptFor(chosen.resource.name, picked.script);
  const language = picked.script === 'typescript' ? 'typescript' : 'python';
  await window.showTextDocument(await workspace.openTextDocument({ language, content }));
}

/** Names of products and commands are not translated. */
function wordsOf(kind: ScriptKind): { label: string; description: string } {
  switch (kind) {
    case 'python':
      return { label: 'Python', description: 'pip install langsmith' };
    case 'typescript':
      return { label: 'TypeScript', description: 'npm install langsmith' };
    case 'python-alone':
      return { label: l10n.t('Python Alone'), description: l10n.t('needs no package') };
  }
}
