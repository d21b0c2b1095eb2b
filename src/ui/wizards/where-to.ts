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

function placesOf({ memory, environmentAccount, connections }: Desk): Place[] {
  const account = environmentAccount();
  const current = connections.current.value.session?.target;
  const place = (target: Target, icon: string, detail: string): Place => ({
    label: `$(${icon}) ${targetName(target)}`,
    detail,
    description: current && isSameTarget(current, target) ? l10n.t('connected') : undefined,
    target,
  });
  const known = memory.endpoints.map((endpoint) =>
    place({ kind: 'langsmith', endpoint }, 'cloud', l10n.t('{0}, with the stored API key', endpoint)),
  );
  const local = l10n.t('The container engine on this machine. Free, without an account.');
  return [
    place({ kind: 'local' }, 'vm', local),
    ...known,
    ...(account
      ? [
          place(
            { kind: 'langsmith', endpoint: account.endpoint, source: 'environment' },
            'terminal',
            l10n.t('{0}, with LANGSMITH_API_KEY of the environment', account.endpoint),
          ),
        ]
      : []),
    {
      label: `$(cloud) ${known.length > 0 ? l10n.t('Another LangSmith…') : 'LangSmith'}`,
      detail: l10n.t('LangSmith’s own engine, in the cloud or self-hosted. Needs an API key.'),
      target: 'another',
    },
  ];
}
