import { l10n } from 'vscode';
import type { CreateBoxRequest, Snapshot } from '../../api/types';
import { checkSandboxName } from '../../app/names';
import { cpus, gigabyte, memoryGb } from '../../app/quantities';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { sandboxNameProblem } from '../words/problems';
import { askQuantity } from './quantity-question';
import { askReview, type ReviewLine } from './review';
import { ask } from './steps';
import { takenSandboxName } from './taken-name';
import { askText } from './text-question';

export interface CreateDraft {
  name: string;
  cpus: number | undefined;
  memoryGb: number | undefined;
}

/** Asks how to boot the snapshot; undefined when escaped, whereupon the answers wait for the next time. */
export async function askCreate(
  desk: Desk,
  session: Session,
  snapshot: Snapshot,
): Promise<CreateBoxRequest | undefined> {
  const draft = (desk.drafts.create ??= { name: '', cpus: undefined, memoryGb: undefined });
  const turn = await ask(l10n.t('Create Sandbox from {0}', snapshot.name), [
    {
      label: l10n.t('Name'),
      ask: (place) =>
        askText(place, {
          prompt: l10n.t('Name of the sandbox'),
          placeholder: l10n.t('Leave empty to have one made up'),
          value: draft.name,
          check: (text) => {
            const problem = text === '' ? undefined : checkSandboxName(text);
            return problem && { text: sandboxNameProblem(problem), severity: 'error' };
          },
          lookUp: takenSandboxName(desk, session),
          keep: (text) => (draft.name = text),
        }),
    },
    {
      label: l10n.t('Review'),
      ask: (place) =>
        askReview(place, {
          run: l10n.t('Create Sandbox'),
          subject: () =>
            draft.name === ''
              ? l10n.t('from {0}', snapshot.name)
              : l10n.t('{0} from {1}', draft.name, snapshot.name),
          lines: () => resourceLines(draft),
        }),
    },
  ]);
  if (turn !== 'next') return undefined;
  desk.drafts.create = undefined;
  return createRequest(draft, snapshot);
}

export function createRequest(draft: CreateDraft, snapshot: Snapshot): CreateBoxRequest {
  return {
    snapshot_id: snapshot.id,
    ...(draft.name === '' ? {} : { name: draft.name }),
    ...(draft.cpus === undefined ? {} : { cpu_millicores: Math.round(draft.cpus * 1000) }),
    ...(draft.memoryGb === undefined ? {} : { mem_bytes: Math.round(draft.memoryGb * gigabyte) }),
  };
}

function resourceLines(draft: CreateDraft): ReviewLine[] {
  const byServer = l10n.t('the server’s default');
  return [
    {
      label: l10n.t('CPU'),
      value: draft.cpus === undefined ? byServer : l10n.t('{0} vCPU', draft.cpus),
      change: (place) =>
        askQuantity(place, {
          prompt: l10n.t('vCPUs, from {0} to {1}; empty for the server’s default', cpus.least, cpus.most),
          bounds: cpus,
          value: draft.cpus,
          optional: true,
          choose: (chosen) => (draft.cpus = chosen),
        }),
    },
    {
      label: l10n.t('Memory'),
      value: draft.memoryGb === undefined ? byServer : l10n.t('{0} GB', draft.memoryGb),
      change: (place) =>
        askQuantity(place, {
          prompt: l10n.t(
            'Memory in GB, from {0} to {1}; empty for the server’s default',
            memoryGb.least,
            memoryGb.most,
          ),
          bounds: memoryGb,
          value: draft.memoryGb,
          optional: true,
          choose: (chosen) => (draft.memoryGb = chosen),
        }),
    },
  ];
}
