import { l10n, QuickPickItemKind, ThemeIcon, type QuickPickItem } from 'vscode';
import {
  hasStoredKey,
  isSameTarget,
  targetName,
  type Profile,
  type StoredTarget,
  type Target,
} from '../../app/target';
import { targetOf } from '../../app/connection';
import type { Desk } from '../desk';
import { askChoice } from './choice-question';
import type { Place } from './steps';

/** What to do with the connections there are. */
export type WhereTo =
  | { readonly to: 'another' }
  | { readonly to: 'known'; readonly target: Target }
  | { readonly to: 'rename' | 'sign-out'; readonly target: StoredTarget };

interface Line extends QuickPickItem {
  readonly leads?: WhereTo | { readonly to: 'rename' | 'sign-out'; readonly target?: undefined };
}

/** Undefined when escaped. */
export async function askWhereTo(desk: Desk): Promise<WhereTo | undefined> {
  let leads: Line['leads'];
  await askChoice<Line>(
    { flow: l10n.t('Connect'), canGoBack: false },
    {
      placeholder: l10n.t('Where sandboxes run'),
      items: [...placesOf(desk), ...waysToChange(desk)],
      choose: (line) => ({ leads } = line),
      press: ({ leads: to }) => {
        if (to?.to === 'known' && hasStoredKey(to.target)) leads = { to: 'sign-out', target: to.target };
      },
    },
  );
  if (!leads || leads.to === 'another' || leads.target) return leads;
  const { to } = leads;
  const place = { flow: to === 'rename' ? renameTitle() : l10n.t('Sign Out'), canGoBack: true };
  const which = await askStored(desk, place);
  if (which === 'back') return askWhereTo(desk);
  return which && { to, target: which };
}

export function renameTitle(): string {
  return l10n.t('Rename Connection');
}

/** One of those whose keys are stored; undefined when escaped, or when there is none. */
export async function askStored(desk: Desk, place: Place): Promise<StoredTarget | 'back' | undefined> {
  const current = targetOf(desk.connections.current.value);
  const items = knownTargets(desk)
    .filter(hasStoredKey)
    .map((target) => ({ ...wordsOf(target), target }));
  let chosen: StoredTarget | undefined;
  const turn = await askChoice(place, {
    placeholder: l10n.t('Which connection'),
    items,
    active: items.find(({ target }) => current && isSameTarget(current, target)),
    choose: ({ target }) => (chosen = target),
  });
  return turn === 'back' ? turn : chosen;
}

/** Where a key is at hand, or none is needed. */
export function knownTargets({ memory, environmentAccount }: Desk): Target[] {
  const account = environmentAccount();
  return [
    { kind: 'local' },
    ...memory.profiles.map((profile): Target => ({ ...profile, kind: 'langsmith' })),
    ...(account
      ? [{ kind: 'langsmith', endpoint: account.endpoint, source: 'environment' } satisfies Target]
      : []),
  ];
}

/** What the buttons of a line do, for those who have no mouse, and what has no button. */
function waysToChange({ memory }: Desk): Line[] {
  if (memory.profiles.length === 0) return [];
  return [
    { label: '', kind: QuickPickItemKind.Separator },
    { label: `$(edit) ${l10n.t('Rename a Connection…')}`, leads: { to: 'rename' } },
    { label: `$(sign-out) ${l10n.t('Sign Out of a Connection…')}`, leads: { to: 'sign-out' } },
  ];
}

function placesOf(desk: Desk): Line[] {
  const current = desk.connections.current.value.session?.target;
  const known = knownTargets(desk).map((target): Line => ({
    ...wordsOf(target),
    description: current && isSameTarget(current, target) ? l10n.t('connected') : undefined,
    buttons: hasStoredKey(target)
      ? [{ iconPath: new ThemeIcon('sign-out'), tooltip: l10n.t('Sign Out…') }]
      : undefined,
    leads: { to: 'known', target },
  }));
  const another: Line = {
    label: `$(cloud) ${known.length > 1 ? l10n.t('Another LangSmith…') : 'LangSmith'}`,
    detail: l10n.t('LangSmith’s own engine, in the cloud or self-hosted. Needs an API key.'),
    leads: { to: 'another' },
  };
  return [...known, another];
}

function wordsOf(target: Target): Pick<Line, 'label' | 'detail'> {
  const words = (icon: string, detail: string): Pick<Line, 'label' | 'detail'> => ({
    label: `$(${icon}) ${targetName(target)}`,
    detail,
  });
  if (target.kind === 'local') {
    return words('vm', l10n.t('The container engine on this machine. Free, without an account.'));
  }
  return hasStoredKey(target)
    ? words('cloud', storedWords(target))
    : words('terminal', l10n.t('{0}, with LANGSMITH_API_KEY of the environment', target.endpoint));
}

function storedWords({ endpoint, workspaceId }: Profile): string {
  return workspaceId === undefined
    ? l10n.t('{0}, with the stored API key', endpoint)
    : l10n.t('{0}, workspace {1}, with the stored API key', endpoint, workspaceId);
}
