import { l10n } from 'vscode';
import type { Connection } from '../../app/connection';
import type { Running } from '../../app/running';
import { targetName } from '../../app/target';
import { failureSentence } from '../words/failures';
import { runningSandboxes, countOf } from '../words/count';

export interface StatusWords {
  /** A codicon's name. */
  readonly icon: string;
  readonly text: string;
  /** The whole of it in words. */
  readonly spoken: string;
}

/** What the status bar says of a connection; undefined when there is nothing worth a place there. */
export function statusWords(connection: Connection, running: Running | undefined): StatusWords | undefined {
  if (connection.state === 'signed-out') return undefined;
  const name = targetName(connection.target);
  switch (connection.state) {
    case 'connecting':
      return { icon: 'loading~spin', text: name, spoken: l10n.t('Connecting to {0}', name) };
    case 'failed':
      return {
        icon: 'warning',
        text: name,
        spoken: failureSentence(l10n.t('Could not connect to {0}', name), connection.failure),
      };
    case 'connected':
      return {
        icon: 'vm',
        text: running ? l10n.t('{0} · {1} running', name, countOf(running)) : name,
        spoken: running
          ? l10n.t('Connected to {0}, {1}', name, runningSandboxes(running))
          : l10n.t('Connected to {0}', name),
      };
  }
}
