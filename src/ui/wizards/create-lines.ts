import { l10n } from 'vscode';
import { longestIdleSeconds, longestStoppedSeconds } from '../../app/duration';
import { cpusFor, memoryFor } from '../../app/quantities';
import type { CreateDraft } from './create-draft';
import { durationLine } from './duration-question';
import { labelsLine, variablesLine } from './pairs-question';
import { askQuantity } from './quantity-question';
import type { ReviewLine } from './review';
import { runLines } from './run-lines';

/** What a sandbox may be given beside its name. */
export function createLines(draft: CreateDraft): ReviewLine[] {
  const byServer = l10n.t('the server’s default');
  return [
    {
      label: l10n.t('CPU'),
      value: draft.cpus === undefined ? byServer : l10n.t('{0} vCPU', draft.cpus),
      change: (place) =>
        askQuantity(place, {
          prompt: cpuPrompt(draft.memoryGb),
          bounds: cpusFor(draft.memoryGb),
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
          prompt: memoryPrompt(draft.cpus),
          bounds: memoryFor(draft.cpus),
          value: draft.memoryGb,
          optional: true,
          choose: (chosen) => (draft.memoryGb = chosen),
        }),
    },
    durationLine({
      label: l10n.t('Stop When Idle For'),
      prompt: l10n.t('How long it may be unused before it stops by itself'),
      mostSeconds: longestIdleSeconds,
      seconds: draft.idleSeconds,
      choose: (seconds) => (draft.idleSeconds = seconds),
    }),
    durationLine({
      label: l10n.t('Delete When Stopped For'),
      prompt: l10n.t('How long it may be stopped before it is deleted, files and all'),
      mostSeconds: longestStoppedSeconds,
      seconds: draft.stoppedSeconds,
      choose: (seconds) => (draft.stoppedSeconds = seconds),
    }),
    ...runLines(draft, l10n.t('the snapshot’s')),
    variablesLine({ pairs: () => draft.variables, choose: (pairs) => (draft.variables = pairs) }),
    labelsLine({ pairs: () => draft.labels, choose: (pairs) => (draft.labels = pairs) }),
  ];
}

function cpuPrompt(memoryGb: number | undefined): string {
  const { least, most } = cpusFor(memoryGb);
  return memoryGb === undefined
    ? l10n.t('vCPUs, from {0} to {1}; empty for the server’s default', least, most)
    : l10n.t(
        'vCPUs with {0} GB of memory, from {1} to {2}; empty for the server’s default',
        memoryGb,
        least,
        most,
      );
}

function memoryPrompt(cpus: number | undefined): string {
  const { least, most } = memoryFor(cpus);
  return cpus === undefined
    ? l10n.t('Memory in GB, from {0} to {1}; empty for the server’s default', least, most)
    : l10n.t(
        'Memory in GB with {0} vCPU, from {1} to {2}; empty for the server’s default',
        cpus,
        least,
        most,
      );
}
