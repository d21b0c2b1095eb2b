import { l10n, QuickPickItemKind, type QuickPickItem } from 'vscode';
import { Secret } from '../../api/secret';
import type { Registry } from '../../api/types';
import { registryName, type RegistryCredentials } from '../../app/operations/registries';
import type { RegistryChoice } from './build-draft';
import { askChoice } from './choice-question';
import { ask, type Place, type Turn } from './steps';
import { askText, type Note } from './text-question';

interface RegistryItem extends QuickPickItem {
  /** Absent on the line that leads to typed credentials. */
  readonly choice?: RegistryChoice;
}

export interface RegistryQuestion {
  readonly chosen: RegistryChoice;
  /** Host and port of the image. */
  readonly host: string;
  readonly registered: readonly Registry[];
  readonly choose: (choice: RegistryChoice, password?: Secret) => void;
}

/** Who opens the registry: nobody, one that is registered, or a user name and password typed now. */
export async function askRegistry(place: Place, question: RegistryQuestion): Promise<Turn> {
  const { chosen, host, registered } = question;
  const none: RegistryItem = {
    label: l10n.t('None'),
    description: l10n.t('the image is public'),
    choice: { kind: 'none' },
  };
  const credentials: RegistryItem = {
    label: l10n.t('New Credentials…'),
    description: l10n.t('a user name and a password for {0}', host),
  };
  const known = [...registered]
    .sort((one, other) => Number(other.url.includes(host)) - Number(one.url.includes(host)))
    .map((registry): RegistryItem => ({
      label: registry.name,
      description: registry.url,
      choice: { kind: 'registered', id: registry.id, name: registry.name },
    }));
  const heading: RegistryItem[] =
    known.length === 0 ? [] : [{ label: l10n.t('Registered'), kind: QuickPickItemKind.Separator }];
  let picked = none;
  const turn = await askChoice<RegistryItem>(place, {
    placeholder: l10n.t('How to sign in to the registry'),
    items: [none, credentials, ...heading, ...known],
    active: [none, ...known].find(({ choice }) => isSame(choice, chosen)) ?? credentials,
    choose: (item) => (picked = item),
  });
  if (turn !== 'next') return turn;
  if (picked.choice) {
    question.choose(picked.choice);
    return turn;
  }
  const before = chosen.kind === 'credentials' ? chosen : { host, username: '' };
  const names = registered.map(({ name }) => name);
  const answered = await askCredentials(place.flow, before, names, ({ password, ...rest }) =>
    question.choose({ kind: 'credentials', ...rest }, password),
  );
  return answered === 'back' ? askRegistry(place, question) : answered;
}

/**
 * Host, user name, password. The password is asked for each time: it is kept nowhere but on the server.
 * `replaceable` are names of registered registries, whose credentials would be replaced.
 */
export async function askCredentials(
  flow: string,
  before: { host: string; username: string },
  replaceable: readonly string[],
  choose: (credentials: RegistryCredentials) => void,
): Promise<Turn> {
  let { host, username } = before;
  let password = '';
  const turn = await ask(
    flow,
    [
      {
        label: l10n.t('Host'),
        ask: (at) =>
          askText(at, {
            prompt: l10n.t('Registry host'),
            placeholder: 'registry.example.com:5000',
            value: host,
            check: (text) => hostNote(text, replaceable),
            keep: (text) => (host = text),
          }),
      },
      {
        label: l10n.t('User Name'),
        ask: (at) =>
          askText(at, {
            prompt: l10n.t('User name for {0}', host),
            value: username,
            check: (text) =>
              text === '' ? { text: l10n.t('Enter the user name.'), severity: 'error' } : undefined,
            keep: (text) => (username = text),
          }),
      },
      {
        label: l10n.t('Password'),
        ask: (at) =>
          askText(at, {
            prompt: l10n.t('Password or access token for {0} at {1}', username, host),
            value: '',
            password: true,
            check: (text) =>
              text === '' ? { text: l10n.t('Enter the password.'), severity: 'error' } : undefined,
            submit: (text) => {
              password = text;
              return Promise.resolve(undefined);
            },
          }),
      },
    ],
    true,
  );
  if (turn === 'next') choose({ host, username, password: new Secret(password) });
  return turn;
}

function hostNote(text: string, replaceable: readonly string[]): Note | undefined {
  if (!/^[^\s/:]+(:\d+)?$/.test(text)) {
    return { text: l10n.t('Enter a host, such as registry.example.com:5000.'), severity: 'error' };
  }
  const name = registryName(text);
  return replaceable.includes(name)
    ? { text: l10n.t('Replaces the credentials registered as {0}.', name), severity: 'warning' }
    : undefined;
}

function isSame(one: RegistryChoice | undefined, other: RegistryChoice): boolean {
  if (one?.kind === 'registered') return other.kind === 'registered' && one.id === other.id;
  return one?.kind === other.kind;
}
