import { l10n, ThemeIcon, type QuickPickItem } from 'vscode';
import {
  hasStoredKey,
  isSameTarget,
  targetName,
  type Profile,
  type StoredTarget,
  type Target,
} from '../../app/target';
import type { Desk } from '../desk';
import { askChoice } from './choice-question';

/** What to do with the connections there are. */
export type WhereTo =
  | { readonly to: 'another' }
  | { readonly to: 'known'; readonly target: Target }
  | { readonly to: 'sign-out'; readonly target: StoredTarget };

interface Place extends QuickPickItem {
  /** Absent on the line that leads to another LangSmith. */
  readonly target?: Target;
}

/** Undefined when escaped. */
export async function askWhereTo(desk: Desk): Promise<WhereTo | undefined> {
  let chosen: WhereTo | undefined;
  await askChoice<Place>(
    { flow: l10n.t('Connect'), canGoBack: false },
    {
      placeholder: l10n.t('Where sandboxes run'),
      items: placesOf(desk),
      choose: ({ target }) => (chosen = target ? { to: 'known', target } : { to: 'another' }),
      press: ({ target }) => {
        if (target && hasStoredKey(target)) chosen = { to: 'sign-out', target };
      },
    },
  );
  return chosen;
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

function placesOf(desk: Desk): Place[] {
  const current = desk.connections.current.value.session?.target;
  const known = knownTargets(desk).map((target): Place => ({
    ...wordsOf(target),
    description: current && isSameTarget(current, target) ? l10n.t('connected') : undefined,
    buttons: hasStoredKey(target)
      ? [{ iconPath: new ThemeIcon('sign-out'), tooltip: l10n.t('Sign Out…') }]
      : undefined,
    target,
  }));
  const another: Place = {
    label: `$(cloud) ${known.length > 1 ? l10n.t('Another LangSmith…') : 'LangSmith'}`,
    detail: l10n.t('LangSmith’s own engine, in the cloud or self-hosted. Needs an API key.'),
  };
  return [...known, another];
}

function wordsOf(target: Target): Pick<Place, 'label' | 'detail'> {
  const words = (icon: string, detail: string): Pick<Place, 'label' | 'detail'> => ({
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
