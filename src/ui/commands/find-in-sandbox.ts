import { l10n, Range, window, workspace } from 'vscode';
import { posix } from 'node:path';
import type { GrepMatch } from '../../api/wire/searches';
import { findText } from '../../app/files/find-text';
import { usualFolder } from '../../app/files/usual-folder';
import type { Desk } from '../desk';
import { askFolder } from '../files/ask-folder';
import { fileFailureSentence } from '../files/file-failures';
import { chosenSandbox } from './chosen';
import { amongRunning } from '../pickers/among-running';
import { sandboxUri } from '../files/sandbox-uri';
import { givenSandbox, sandboxFile } from '../files/uris';
import { searchPick } from '../pickers/search-pick';
import { cutMiddle } from '../words/cut';

/** Looks for a text in the files of a sandbox, which searches itself, and opens the line that is chosen. */
export async function findInSandbox(desk: Desk, argument: unknown): Promise<void> {
  const title = l10n.t('Find in Sandbox');
  const given = sandboxFile(argument);
  const chosen = await chosenSandbox(desk, givenSandbox(argument), amongRunning(title));
  if (!chosen) return;
  const { session, resource: box } = chosen;
  const prompt = l10n.t('Folder of {0} to look in', cutMiddle(box.name));
  const folder =
    given?.path ?? (await askFolder({ title, prompt, value: usualFolder(session.inventory, box) }));
  if (folder === undefined) return;
  const found = await searchPick<GrepMatch>({
    title,
    placeholder: l10n.t('Text to look for in {0}', folder),
    nothing: l10n.t('Type what to look for.'),
    noMatch: (text) => l10n.t('No file in {0} holds “{1}”.', folder, text),
    search: (text, signal) => desk.files.within(box.id, (place) => findText(place, text, folder, signal)),
    item: ({ path, line, text }) => ({
      label: text.trim(),
      description: `${posix.relative(folder, path) || posix.basename(path)}:${line}`,
    }),
    failure: fileFailureSentence,
  });
  if (found) await openAt(box.id, found);
}

async function openAt(id: string, { path, line }: GrepMatch): Promise<void> {
  const document = await workspace.openTextDocument(sandboxUri({ id, path }));
  const { range } = document.lineAt(Math.min(line, document.lineCount) - 1);
  await window.showTextDocument(document, { selection: new Range(range.start, range.start) });
}
