import type { Found } from './activity/journal';
import { detailsOf } from './details';
import type { Box, Snapshot } from '../api/types';

/** Where the report was made: what a maintainer asks first. */
export interface Surroundings {
  readonly extension: string;
  readonly editor: string;
  /** System, architecture, and the runtime of the extension host. */
  readonly machine: string;
  readonly connection: string;
  /** The local server and its engine; of LangSmith nothing is known. */
  readonly server?: string;
}

/** All that helps to find out why a resource is as it is, as text to paste into a report. Secrets are hidden. */
export function diagnostics(
  surroundings: Surroundings,
  resource: Box | Snapshot,
  activity: readonly Found[],
): string {
  const own = activity.filter(({ record }) => record.resourceId === resource.id).map(({ record }) => record);
  return [
    ...Object.entries(surroundings).map(([name, value]) => `${name}: ${value}`),
    '',
    JSON.stringify(detailsOf(resource), null, 2),
    ...own.flatMap(({ verb, startedAt, lines, end }) => [
      '',
      `${time(startedAt)} ${verb}`,
      ...lines.map(({ at, step }) => `${time(at)} ${JSON.stringify(step)}`),
      ...(end ? [`${time(end.at)} ${end.kind}${end.sentence ? `: ${end.sentence}` : ''}`] : []),
    ]),
    '',
  ].join('\n');
}

function time(at: number): string {
  return new Date(at).toISOString();
}
