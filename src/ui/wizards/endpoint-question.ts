import { l10n, type QuickPickItem } from 'vscode';
import { parseEndpoint } from '../../api/endpoint';
import { cloudEndpoint, cloudEndpointEu, endpointName } from '../../app/target';
import { endpointProblem } from '../words/problems';
import { askChoice } from './choice-question';
import type { Place, Turn } from './steps';
import { askText } from './text-question';

interface EndpointItem extends QuickPickItem {
  /** Absent on the line that leads to a typed one. */
  readonly endpoint?: string;
}

/** One of the cloud's, or a typed one; `choose` gets it as `parseEndpoint` gives it. */
export async function askEndpoint(
  place: Place,
  before: string,
  choose: (endpoint: string) => void,
): Promise<Turn> {
  const clouds = [cloudEndpoint, cloudEndpointEu].map((endpoint): EndpointItem => ({
    label: `$(cloud) ${endpointName(endpoint)}`,
    description: new URL(endpoint).host,
    endpoint,
  }));
  const selfHosted: EndpointItem = { label: `$(server) ${l10n.t('Self-Hosted…')}` };
  let picked: EndpointItem = selfHosted;
  const turn = await askChoice<EndpointItem>(place, {
    placeholder: l10n.t('Which LangSmith'),
    items: [...clouds, selfHosted],
    active: clouds.find(({ endpoint }) => endpoint === before) ?? selfHosted,
    choose: (item) => (picked = item),
  });
  if (turn !== 'next') return turn;
  if (picked.endpoint !== undefined) {
    choose(picked.endpoint);
    return turn;
  }
  const isCloud = clouds.some(({ endpoint }) => endpoint === before);
  const typed = await askTyped({ ...place, canGoBack: true }, isCloud ? '' : before, choose);
  return typed === 'back' ? askEndpoint(place, before, choose) : typed;
}

function askTyped(place: Place, before: string, choose: (endpoint: string) => void): Promise<Turn> {
  return askText(place, {
    prompt: l10n.t('Where LangSmith’s API is'),
    placeholder: 'https://langsmith.example.com',
    value: before,
    check: (text) => {
      const parsed = parseEndpoint(text);
      return parsed.ok ? undefined : { text: endpointProblem(parsed.problem), severity: 'error' };
    },
    keep: (text) => {
      const parsed = parseEndpoint(text);
      if (parsed.ok) choose(parsed.endpoint);
    },
  });
}
