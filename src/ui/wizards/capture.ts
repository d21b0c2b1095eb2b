import { l10n } from 'vscode';
import type { Box, CaptureRequest } from '../../api/types';
import { captureName, checkSnapshotName } from '../../app/names';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { snapshotNameProblem } from '../words/problems';
import { askReview } from './review';
import { snapshotLines } from './snapshot-lines';
import { marksFields, noMarks, type SnapshotMarks } from './snapshot-marks';
import { ask } from './steps';
import { takenSnapshotName } from './taken-name';
import { askText } from './text-question';

export interface CaptureDraft extends SnapshotMarks {
  name: string;
}

/** Asks how to name the capture; undefined when escaped, whereupon the answers wait for the next time. */
export async function askCapture(
  desk: Desk,
  session: Session,
  box: Box,
): Promise<CaptureRequest | undefined> {
  const draft = desk.drafts.captures.get(box.id) ?? { ...noMarks(), name: captureName(box.name) };
  desk.drafts.captures.set(box.id, draft);
  const turn = await ask(l10n.t('Capture Snapshot of {0}', box.name), [
    {
      label: l10n.t('Name'),
      ask: (place) =>
        askText(place, {
          prompt: l10n.t('Name of the snapshot'),
          value: draft.name,
          check: (text) => {
            const problem = checkSnapshotName(text);
            return problem && { text: snapshotNameProblem(problem), severity: 'error' };
          },
          lookUp: takenSnapshotName(desk, session),
          keep: (text) => (draft.name = text),
        }),
    },
    {
      label: l10n.t('Review'),
      ask: (place) =>
        askReview(place, {
          run: l10n.t('Capture Snapshot'),
          subject: () => l10n.t('{0} from {1}', draft.name, box.name),
          detail: l10n.t('Takes all files but those in /tmp, and no processes.'),
          lines: () => snapshotLines(draft, l10n.t('the sandbox’s')),
          making: () => ({ kind: 'capture', sandbox: box.name, request: captureRequest(draft) }),
        }),
    },
  ]);
  if (turn !== 'next') return undefined;
  desk.drafts.captures.delete(box.id);
  return captureRequest(draft);
}

function captureRequest(draft: CaptureDraft): CaptureRequest {
  return { name: draft.name, ...marksFields(draft) };
}
