import { l10n } from 'vscode';
import type { Box, BoxStatus } from '../../api/types';
import type { Grouping } from '../../app/grouping';
import { tagged } from '../words/snapshots-go';
import { statusWord } from '../words/states';
import type { RowFacts } from './row-facts';

/** Where a sandbox stands in a grouped view. */
export interface Group {
  /** The same for whatever is known of it, so that it stays folded and selected. */
  readonly id: string;
  readonly label: string;
  /** Groups of a lower rank come first; those of the same, by their labels. */
  readonly rank: number;
}

type Grouped = Exclude<Grouping, { readonly by: 'none' }>;

/** Groups that hold what has no value of its own come last. */
const lastRank = 10;
const statusRanks: Record<BoxStatus, number> = {
  ready: 0,
  provisioning: 1,
  stopped: 2,
  failed: 3,
  deleting: 4,
};

export function groupOf(box: Box, grouping: Grouped, facts: RowFacts): Group {
  switch (grouping.by) {
    case 'status':
      return {
        id: `group:status:${box.status}`,
        label: statusWord(box.status),
        rank: statusRanks[box.status],
      };
    case 'snapshot':
      return snapshotGroup(box.snapshot_id, facts);
    case 'label':
      return labelGroup(grouping.key, box.labels?.[grouping.key]);
  }
}

function snapshotGroup(id: string | null | undefined, { lineage, names }: RowFacts): Group {
  if (!id) return { id: 'group:snapshot', label: l10n.t('no snapshot'), rank: lastRank };
  const snapshot = lineage.snapshots.get(id);
  if (snapshot) return { id: `group:snapshot:${id}`, label: tagged(snapshot), rank: 0 };
  const name = names.get(id);
  if (name === null) {
    return { id: 'group:snapshot:deleted', label: l10n.t('snapshot deleted'), rank: lastRank };
  }
  return { id: `group:snapshot:${id}`, label: name ?? l10n.t('unknown snapshot'), rank: 0 };
}

function labelGroup(key: string, value: string | undefined): Group {
  if (value === undefined) return { id: `group:label:${key}`, label: l10n.t('no label'), rank: lastRank };
  return { id: `group:label:${key}:${value}`, label: value === '' ? key : value, rank: 0 };
}
