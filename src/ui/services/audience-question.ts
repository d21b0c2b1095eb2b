import { l10n, type QuickPickItem } from 'vscode';
import type { Session } from '../../app/session';
import type { Sharing } from '../../app/services/sharing';
import { askChoice } from '../wizards/choice-question';
import type { Place, Turn } from '../wizards/steps';
import { span } from '../words/time';

interface SharingItem extends QuickPickItem {
  readonly sharing: Sharing;
}

const minuteSeconds = 60;
const hourSeconds = 60 * minuteSeconds;
const spans = [10 * minuteSeconds, hourSeconds, 24 * hourSeconds];

/** How long a link holds, and where people can log in, who they are. */
export function askSharing(
  place: Place,
  { target }: Session,
  choose: (sharing: Sharing) => void,
): Promise<Turn> {
  const timed = spans.map((seconds): SharingItem => ({
    label: lengthWords(seconds),
    description: l10n.t('whoever has the link gets in; it can’t be taken back'),
    sharing: { seconds },
  }));
  return askChoice(place, {
    placeholder: l10n.t('How long the link holds'),
    items: target.kind === 'local' ? timed : [...timed, ...lasting()],
    choose: ({ sharing }) => choose(sharing),
  });
}

/** The longest is called hours, for that is how people plan a day. */
function lengthWords(seconds: number): string {
  return seconds < 24 * hourSeconds ? span(seconds * 1000) : l10n.t('{0} h', seconds / hourSeconds);
}

function lasting(): SharingItem[] {
  return [
    {
      label: l10n.t('Until You Stop Sharing, for Who May See the Sandbox'),
      description: l10n.t('people log in to LangSmith'),
      sharing: { audience: 'restricted' },
    },
    {
      label: l10n.t('Until You Stop Sharing, for the Workspace'),
      description: l10n.t('people log in to LangSmith'),
      sharing: { audience: 'workspace' },
    },
  ];
}
