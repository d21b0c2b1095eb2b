import { l10n } from 'vscode';
import type { CreateBoxRequest, Snapshot } from '../../api/types';
import { checkSandboxName } from '../../app/names';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { sandboxNameProblem } from '../words/problems';
import { createRequest, newCreateDraft } from './create-draft';
import { createLines } from './create-lines';
import { askReview } from './review';
import { ask } from './steps';
import { takenSandboxName } from './taken-name';
import { askText } from './text-question';

/** Asks how to boot the snapshot; undefined when escaped, whereupon the answers wait for the next time. */
export async function askCreate(
  desk: Desk,
  session: Session,
  snapshot: Snapshot,
): Promise<CreateBoxRequest | undefined> {
  const draft = (desk.drafts.create ??= newCreateDraft(desk.memory.createSizes));
  const turn = await ask(l10n.t('Create Sandbox from {0}', snapshot.name), [
    {
      label: l10n.t('Name'),
      ask: (place) =>
        askText(place, {
          prompt: l10n.t('Name of the sandbox'),
          placeholder: l10n.t('Leave empty to have one made up'),
          value: draft.name,
          check: (text) => {
            const problem = text === '' ? undefined : checkSandboxName(text);
            return problem && { text: sandboxNameProblem(problem), severity: 'error' };
          },
          lookUp: takenSandboxName(desk, session),
          keep: (text) => (draft.name = text),
        }),
    },
    {
      label: l10n.t('Review'),
      ask: (place) =>
        askReview(place, {
          run: l10n.t('Create Sandbox'),
          subject: () =>
            draft.name === ''
              ? l10n.t('from {0}', snapshot.name)
              : l10n.t('{0} from {1}', draft.name, snapshot.name),
          lines: () => createLines(draft),
          making: () => ({ kind: 'create', request: createRequest(draft, snapshot) }),
        }),
    },
  ]);
  if (turn !== 'next') return undefined;
  desk.drafts.create = undefined;
  await desk.memory.rememberCreateSizes(draft);
  return createRequest(draft, snapshot);
}
