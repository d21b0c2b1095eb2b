import { l10n } from 'vscode';
import type { Snapshot } from '../../api/types';
import { captureChild, childRow, sandboxChild } from './child-row';
import type { Row } from './row';
import type { RowFacts } from './row-facts';
import { sandboxIcon } from './sandbox-row';

/**
 * What a snapshot was made from, its tags, the loaded sandboxes on it, and the loaded snapshots that were captured
 * from those. Made as far as they are read.
 */
export function* snapshotChildren(snapshot: Snapshot, facts: RowFacts): Generator<Row> {
  const { capturesOf, boxesOn } = facts.lineage;
  const boxes = boxesOn.get(snapshot.id) ?? [];
  const origin = originRow(snapshot, facts);
  if (origin) yield origin;
  yield* tagRows(snapshot);
  for (const box of boxes) yield sandboxChild(snapshot.id, box, facts);
  for (const box of boxes) {
    for (const captured of capturesOf.get(box.id) ?? []) {
      yield captureChild(snapshot.id, captured, l10n.t('captured from {0}', box.name), facts);
    }
  }
}

function originRow(snapshot: Snapshot, facts: RowFacts): Row | undefined {
  const { id: parent, source_sandbox_id: source, docker_image: image } = snapshot;
  if (source) return sourceRow(parent, source, facts);
  if (!image) return undefined;
  return childRow({
    parent,
    kind: 'image',
    about: image,
    label: l10n.t('from image {0}', image),
    description: '',
    icon: 'image',
    spoken: l10n.t('From image {0}', image),
  });
}

/** The sandbox it was captured from. Of one that is not loaded there is nothing to say, unless it is known to be gone. */
function sourceRow(parent: string, about: string, facts: RowFacts): Row | undefined {
  const { now, lineage, names, actions } = facts;
  const source = lineage.boxes.get(about);
  if (!source && !lineage.hasEveryBox) return undefined;
  const base = names.get(source?.snapshot_id ?? '');
  return childRow({
    parent,
    kind: 'source',
    about,
    label: source ? l10n.t('captured from {0}', source.name) : l10n.t('captured from a deleted sandbox'),
    description: base ? l10n.t('on {0}', base) : '',
    icon: source ? sandboxIcon(source, { now, action: actions.get(about) }) : 'stopped',
    spoken: source
      ? l10n.t('Captured from sandbox {0}', source.name)
      : l10n.t('Captured from a deleted sandbox'),
    leadsTo: source && { kind: 'sandbox', id: about },
  });
}

/** `latest` alone is what everybody expects, and not told. */
function tagRows({ id: parent, tags }: Snapshot): Row[] {
  if (!tags || (tags.length === 1 && tags[0] === 'latest')) return [];
  return [...new Set(tags)].map((tag) =>
    childRow({
      parent,
      kind: 'tag',
      about: tag,
      label: tag,
      description: l10n.t('tag'),
      icon: 'tag',
      spoken: l10n.t('Tag {0}', tag),
    }),
  );
}
