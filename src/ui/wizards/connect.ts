import { l10n } from 'vscode';
import { Secret } from '../../api/secret';
import {
  freeProfileName,
  profileCalled,
  profileName,
  profileNameProblem,
  type Profile,
} from '../../app/target';
import type { Desk } from '../desk';
import { failureSentence } from '../words/failures';
import { profileNameProblemText, workspaceProblem } from '../words/problems';
import { askEndpoint } from './endpoint-question';
import { ask, type Place, type Turn } from './steps';
import { askText, type Note } from './text-question';

export interface LangSmithAnswers {
  readonly profile: Profile;
  readonly apiKey: Secret;
}

interface Draft {
  endpoint: string;
  workspaceId: string;
  apiKey?: Secret;
  /** Empty until it was asked for. */
  name: string;
}

/** Where, which workspace, the key, tried by a real call before it is taken, and a name. Undefined when escaped. */
export async function askLangSmith(desk: Desk, endpoint: string): Promise<LangSmithAnswers | undefined> {
  const draft: Draft = { endpoint, workspaceId: '', name: '' };
  const turn: Turn = await ask(l10n.t('Connect to LangSmith'), [
    {
      label: l10n.t('LangSmith'),
      ask: (place) => askEndpoint(place, draft.endpoint, (chosen) => chooseEndpoint(draft, chosen)),
    },
    { label: l10n.t('Workspace'), ask: (place) => askWorkspace(place, draft) },
    {
      label: l10n.t('API Key'),
      ask: (place) => askApiKey(desk, place, profileOf(draft), (apiKey) => (draft.apiKey = apiKey)),
    },
    { label: l10n.t('Name'), ask: (place) => askName(place, draft, desk.memory.profiles) },
  ]);
  const { apiKey } = draft;
  if (turn !== 'next' || !apiKey) return undefined;
  return { profile: profileCalled(draft.name, profileOf(draft), desk.memory.profiles), apiKey };
}

/** A new key for a profile that there is. Undefined when escaped. */
export async function askNewKey(desk: Desk, profile: Profile): Promise<Secret | undefined> {
  let apiKey: Secret | undefined;
  const place = { flow: l10n.t('Update API Key of {0}', profileName(profile)), canGoBack: false };
  const turn = await askApiKey(desk, place, profile, (key) => (apiKey = key));
  return turn === 'next' ? apiKey : undefined;
}

function profileOf({ endpoint, workspaceId, name }: Draft): Profile {
  return { endpoint, workspaceId: workspaceId || undefined, name: name || undefined };
}

/** A name that was proposed for another endpoint would mislead. */
function chooseEndpoint(draft: Draft, endpoint: string): void {
  if (endpoint !== draft.endpoint) draft.name = '';
  draft.endpoint = endpoint;
}

function askWorkspace(place: Place, draft: Draft): Promise<Turn> {
  return askText(place, {
    prompt: l10n.t('Workspace ID, for a key that is good for several. Empty: the key’s own.'),
    value: draft.workspaceId,
    check: (text) => errorNote(workspaceProblem(text)),
    keep: (text) => (draft.workspaceId = text),
  });
}

function askApiKey(
  desk: Desk,
  place: Place,
  profile: Profile,
  take: (apiKey: Secret) => void,
): Promise<Turn> {
  return askText(place, {
    prompt: l10n.t(
      'API key for {0}. It is kept in the editor’s secret storage.',
      new URL(profile.endpoint).host,
    ),
    placeholder: 'lsv2_…',
    value: '',
    password: true,
    check: (text) => errorNote(text.trim() === '' ? l10n.t('Enter the API key.') : undefined),
    submit: async (text, signal) => {
      const apiKey = new Secret(text.trim());
      desk.protect(apiKey);
      const outcome = await desk.connections.verify(profile, apiKey, signal);
      if (outcome.kind === 'failed') return failureSentence(l10n.t('Not connected'), outcome.failure);
      take(apiKey);
      return undefined;
    },
  });
}

function askName(place: Place, draft: Draft, known: readonly Profile[]): Promise<Turn> {
  return askText(place, {
    prompt: l10n.t('What this connection is called here'),
    value: draft.name || freeProfileName(draft.endpoint, known),
    check: (name) => nameNote(name, profileOf(draft), known),
    keep: (name) => (draft.name = name),
  });
}

function nameNote(name: string, profile: Profile, known: readonly Profile[]): Note | undefined {
  const problem = profileNameProblem(name, profile, known);
  if (problem) return errorNote(profileNameProblemText(problem));
  const isKnown = known.some((other) => profileName(other) === name);
  return isKnown
    ? { text: l10n.t('The key of the connection of that name will be replaced.'), severity: 'warning' }
    : undefined;
}

function errorNote(text: string | undefined): Note | undefined {
  return text === undefined ? undefined : { text, severity: 'error' };
}
