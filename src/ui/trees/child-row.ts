import { l10n } from 'vscode';
import type { Box, Snapshot } from '../../api/types';
import { isOverdue } from '../../app/overdue';
import { size } from '../words/size';
import { overdueWord, pendingWord, statusWord } from '../words/states';
import { joined, type Row } from './row';
import type { RowFacts } from './row-facts';
import { sandboxIcon } from './sandbox-row';
import { snapshotIcon } from './snapshot-row';

/** What a row says of the one it stands below. */
export type ChildKind = 'snapshot' | 'image' | 'source' | 'tag' | 'sandbox' | 'capture';

export interface Child extends Omit<Row, 'id' | 'contextValue' | 'fold'> {
  /** Id of the row it stands below. */
  readonly parent: string;
  readonly kind: ChildKind;
  /** Tells it from others of its kind there: the resource's id, where it is about one. */
  readonly about: string;
}

/** Its tags are none that a resource's row has: what is done with a resource is offered on its own row alone. */
export function childRow({ parent, kind, about, ...shown }: Child): Row {
  return {
    ...shown,
    id: `${parent}/${kind}/${about}`,
    contextValue: shown.leadsTo ? 'child link' : 'child',
  };
}

export function sandboxChild(parent: string, box: Box, facts: RowFacts): Row {
  const description = stateWords(box, facts);
  return childRow({
    parent,
    kind: 'sandbox',
    about: box.id,
    label: box.name,
    description,
    icon: sandboxIcon(box, { now: facts.now, action: facts.actions.get(box.id) }),
    spoken: l10n.t('Sandbox {0}, {1}', box.name, description),
    leadsTo: { kind: 'sandbox', id: box.id },
  });
}

/** `origin` says what it was captured from. */
export function captureChild(parent: string, snapshot: Snapshot, origin: string, facts: RowFacts): Row {
  const description = joined([
    origin,
    stateWords(snapshot, facts),
    snapshot.fs_used_bytes ? size(snapshot.fs_used_bytes) : undefined,
  ]);
  return childRow({
    parent,
    kind: 'capture',
    about: snapshot.id,
    label: snapshot.name,
    description,
    icon: snapshotIcon(snapshot, { now: facts.now, action: facts.actions.get(snapshot.id) }),
    spoken: l10n.t('Snapshot {0}, {1}', snapshot.name, description),
    leadsTo: { kind: 'snapshot', id: snapshot.id },
  });
}

function stateWords(resource: Box | Snapshot, { now, actions }: RowFacts): string {
  const action = actions.get(resource.id);
  const state = (action && pendingWord(action)) ?? statusWord(resource.status);
  return joined([state, overdueWord(isOverdue(resource, { now, action }))]);
}
