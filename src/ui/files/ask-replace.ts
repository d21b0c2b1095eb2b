import { l10n } from 'vscode';
import { namesThere, sharedName } from '../../app/files/transfer/names-there';
import { askModal } from '../ask-modal';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { fileFailureSentence } from './file-failures';

/** Whether these names may be put into a sandbox's folder: what is there already goes only when the user says so. */
export async function mayPutInto(
  { files }: Pick<Desk, 'files'>,
  id: string,
  folder: string,
  names: readonly string[],
): Promise<boolean> {
  const shared = sharedName(names);
  if (shared !== undefined) {
    const text = l10n.t('Two of those chosen are called {0}. Upload them into different folders.', shared);
    await notice('error', text);
    return false;
  }
  try {
    const there = await files.within(id, (place) => namesThere(place, folder, names));
    return there.length === 0 || (await askReplace(folder, there));
  } catch (error) {
    await notice('error', fileFailureSentence(error));
    return false;
  }
}

function askReplace(folder: string, there: readonly string[]): Promise<boolean> {
  const [first] = there;
  return askModal({
    text: l10n.t('Replace {0}?', there.length === 1 && first ? first : l10n.t('{0} items', there.length)),
    detail: l10n.t(
      'In {0} already: {1}. Files of the same names go, also those in folders.',
      folder,
      there.join(', '),
    ),
    button: l10n.t('Replace'),
  });
}
