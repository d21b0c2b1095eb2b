import { env, l10n, window } from 'vscode';
import type { Resource } from '../../app/listing';
import type { Session } from '../../app/session';
import type { Desk } from '../desk';
import { pickResource } from '../pickers/resource';
import { namesInShort } from '../words/count';
import { sessionFor } from './session';

type Field = 'id' | 'name';

/** Copies the id or the name of a row's resource, of all that are selected with it, or from the palette of the one that is picked. */
export async function copy(desk: Desk, field: Field, id: unknown, selected: unknown): Promise<void> {
  const session = await sessionFor(desk);
  if (!session) return;
  const title = field === 'id' ? l10n.t('Copy ID') : l10n.t('Copy Name');
  const resources =
    typeof id === 'string'
      ? known(session, Array.isArray(selected) ? selected : [id])
      : [(await pickResource(session, title))?.resource];
  const values = resources.flatMap((resource) => resource?.[field] ?? []);
  if (values.length === 0) return;
  await env.clipboard.writeText(values.join('\n'));
  window.setStatusBarMessage(l10n.t('Copied {0}', namesInShort(values)), shownMs);
}

/** In the order of the list. */
function known({ inventory }: Session, ids: readonly unknown[]): Resource[] {
  return [...inventory.boxes.items, ...inventory.snapshots.items].filter(({ id }) => ids.includes(id));
}

const shownMs = 3_000;
