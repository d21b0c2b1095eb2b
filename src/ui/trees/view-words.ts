import { l10n } from 'vscode';
import type { Connection } from '../../app/connection';
import { rowsOf, type Listing } from '../../app/listing';
import { targetName } from '../../app/target';
import { failureSentence, sentence, whyNotRead } from '../words/failures';
import { span } from '../words/time';
import { joined } from './row';

/** What a view says beside its rows. */
export interface ViewWords {
  /** Beside the view's name. */
  readonly description: string | undefined;
  /** Above the rows: what is filtered, and why the rows may be old. The editor shows it in place of a welcome text. */
  readonly message: string | undefined;
}

export interface ViewFacts {
  readonly connection: Connection;
  readonly listing: Listing<unknown> | undefined;
  readonly filter: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export function viewWords({ connection, listing, filter, now }: ViewFacts): ViewWords {
  const name = connection.state === 'signed-out' ? undefined : targetName(connection.target);
  const quoted = filter === '' ? undefined : l10n.t('“{0}”', filter);
  if (!listing || rowsOf(listing).items.length === 0) {
    return { description: joined([name, quoted]) || undefined, message: undefined };
  }
  const lines = [
    connectionLine(connection),
    quoted && l10n.t('Name contains {0}.', quoted),
    listing.state === 'stale'
      ? sentence(l10n.t('As of {0} ago', span(now - listing.at)), whyNotRead(listing.failure))
      : undefined,
  ];
  return { description: name, message: lines.filter(Boolean).join(' ') || undefined };
}

function connectionLine(connection: Connection): string | undefined {
  switch (connection.state) {
    case 'signed-out':
    case 'connected':
      return undefined;
    case 'connecting':
      return l10n.t('Connecting again…');
    case 'failed':
      return failureSentence(l10n.t('Not connected'), connection.failure);
  }
}
