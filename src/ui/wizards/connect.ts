import { l10n } from 'vscode';
import { parseEndpoint } from '../../api/endpoint';
import { Secret } from '../../api/secret';
import { cloudEndpoint } from '../../app/session';
import type { Desk } from '../desk';
import { failureSentence } from '../words/failures';
import { endpointProblem } from '../words/problems';
import { ask, type Turn } from './steps';
import { askText } from './text-question';

export interface LangSmithAnswers {
  readonly endpoint: string;
  readonly apiKey: Secret;
}

/** Endpoint and key, tried by a real call before they are taken. Undefined when escaped. */
export async function askLangSmith(
  desk: Desk,
  endpointBefore: string | undefined,
): Promise<LangSmithAnswers | undefined> {
  let typed = endpointBefore ?? cloudEndpoint;
  let apiKey: Secret | undefined;
  const endpoint = (): string => {
    const parsed = parseEndpoint(typed);
    return parsed.ok ? parsed.endpoint : typed;
  };
  const turn: Turn = await ask(l10n.t('Connect to LangSmith'), [
    {
      label: l10n.t('Endpoint'),
      ask: (place) =>
        askText(place, {
          prompt: l10n.t('Where LangSmith’s API is'),
          placeholder: cloudEndpoint,
          value: typed,
          check: (text) => {
            const parsed = parseEndpoint(text);
            return parsed.ok ? undefined : { text: endpointProblem(parsed.problem), severity: 'error' };
          },
          keep: (text) => (typed = text),
        }),
    },
    {
      label: l10n.t('API Key'),
      ask: (place) =>
        askText(place, {
          prompt: l10n.t(
            'API key for {0}. It is kept in the editor’s secret storage.',
            new URL(endpoint()).host,
          ),
          placeholder: 'lsv2_…',
          value: '',
          password: true,
          check: (text) =>
            text.trim() === '' ? { text: l10n.t('Enter the API key.'), severity: 'error' } : undefined,
          submit: async (text, signal) => {
            apiKey = new Secret(text.trim());
            desk.protect(apiKey);
            const outcome = await desk.connections.verify(endpoint(), apiKey, signal);
            return outcome.kind === 'failed'
              ? failureSentence(l10n.t('Not connected'), outcome.failure)
              : undefined;
          },
        }),
    },
  ]);
  return turn === 'next' && apiKey ? { endpoint: endpoint(), apiKey } : undefined;
}
