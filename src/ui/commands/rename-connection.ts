import { l10n } from 'vscode';
import { failureOf } from '../../app/failure';
import { newNameProblem, profileName, type ProfileNameProblem, type StoredTarget } from '../../app/target';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { showLog } from '../run-action';
import { askText } from '../wizards/text-question';
import { askStored, renameTitle } from '../wizards/where-to';
import { failureSentence } from '../words/failures';
import { profileNameProblemText } from '../words/problems';

/** Of those whose keys are stored: the others go by their places. */
export async function renameConnection(desk: Desk): Promise<void> {
  if (desk.memory.profiles.length === 0) {
    return notice('information', l10n.t('There is no connection with a name of its own.'));
  }
  const which = await askStored(desk, { flow: renameTitle(), canGoBack: false });
  if (which && which !== 'back') await renameOf(desk, which);
}

export async function renameOf(desk: Desk, target: StoredTarget): Promise<void> {
  let name = profileName(target);
  const turn = await askText(
    { flow: renameTitle(), canGoBack: false },
    {
      prompt: l10n.t('What {0} is called from now on, in all windows', name),
      value: name,
      check: (text) => {
        const problem = newNameProblem(text, target, desk.memory.profiles);
        return problem && { text: problemText(problem), severity: 'error' };
      },
      keep: (text) => (name = text),
    },
  );
  if (turn === 'next' && name !== profileName(target)) await renameTo(desk, target, name);
}

async function renameTo(desk: Desk, target: StoredTarget, name: string): Promise<void> {
  try {
    await desk.titles.rename(target, name);
  } catch (error) {
    const couldNot = l10n.t('Could not rename {0}', profileName(target));
    desk.log.error(couldNot, error);
    void notice('error', failureSentence(couldNot, failureOf(error)), [showLog(desk)]);
  }
}

function problemText(problem: ProfileNameProblem): string {
  return problem === 'taken'
    ? l10n.t('Another connection has this name. Choose another.')
    : profileNameProblemText(problem);
}
