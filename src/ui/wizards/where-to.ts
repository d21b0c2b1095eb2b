import { l10n, type QuickPickItem } from 'vscode';
import { isSameTarget, targetName, type Target } from '../../app/session';
import type { Desk } from '../desk';
import { askChoice } from './choice-question';

interface Place extends QuickPickItem {
  readonly target: Target | 'another';
}

/** One of the known connections, or `another` LangSmith; undefined when escaped. */
export async function askWhereTo(desk: Desk): Promise<Target | 'another' | undefined> {
  let chosen: Place['target'] | undefined;
  await askChoice(
    { flow: l10n.t('Connect'), canGoBack: false },
    {
      placeholder: l10n.t('Where sandboxes run'),
      items: placesOf(desk),
      choose: ({ target }) => (chosen = target),
    },
  );
  return chosen;
}

/** Where a key is at hand, or none is needed. */
export function knownTargets({ memory, environmentAccount }: Desk): Target[] {
  const account = environmentAccount();
  return [
    { kind: 'local' },
    ...memory.endpoints.map((endpoint): Target => ({ kind: 'langsmith', endpoint })),
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
    target,
  }));
  const another: Place = {
    label: `$(cloud) ${known.length > 1 ? l10n.t('Another LangSmith…') : 'LangSmith'}`,
    detail: l10n.t('LangSmith’s own engine, in the cloud or self-hosted. Needs an API key.'),
    target: 'another',
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
  return target.source === 'environment'
    ? words('terminal', l10n.t('{0}, with LANGSMITH_API_KEY of the environment', target.endpoint))
    : words('cloud', l10n.t('{0}, with the stored API key', target.endpoint));
}
