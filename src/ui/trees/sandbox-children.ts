import { l10n } from 'vscode';
import type { Box } from '../../api/types';
import { captureChild, childRow } from './child-row';
import { filesRow } from './file-rows';
import { portsRow } from './port-rows';
import type { Row } from './row';
import type { RowFacts } from './row-facts';

/** The files and the ports of a running sandbox, what it came from, and the loaded snapshots that were captured from it. Made as far as they are read. */
export function* sandboxChildren(box: Box, facts: RowFacts): Generator<Row> {
  const files = facts.inside && filesRow(box, facts.inside.files);
  if (files) yield files;
  const ports = facts.inside && portsRow(box, facts.inside.services, facts.now);
  if (ports) yield ports;
  const origin = originRow(box, facts);
  if (origin) yield origin;
  for (const snapshot of facts.lineage.capturesOf.get(box.id) ?? []) {
    yield captureChild(box.id, snapshot, l10n.t('captured'), facts);
  }
}

function originRow({ id: parent, snapshot_id: about }: Box, { lineage, names }: RowFacts): Row | undefined {
  const name = about ? names.get(about) : undefined;
  if (!about || name === undefined) return undefined;
  return childRow({
    parent,
    kind: 'snapshot',
    about,
    label: name === null ? l10n.t('from a deleted snapshot') : l10n.t('from {0}', name),
    description: '',
    icon: 'snapshot',
    spoken: name === null ? l10n.t('From a deleted snapshot') : l10n.t('From snapshot {0}', name),
    leadsTo: lineage.snapshots.has(about) ? { kind: 'snapshot', id: about } : undefined,
  });
}
