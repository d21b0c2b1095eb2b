import { env, l10n, window } from 'vscode';
import type { Desk } from '../desk';
import { pickResource } from '../pickers/resource';
import { sessionFor } from './session';

type Field = 'id' | 'name';

/** Copies the id or the name of a row's resource, or from the palette of the one that is picked. */
export async function copy(desk: Desk, field: Field, id: unknown): Promise<void> {
  const session = await sessionFor(desk);
  if (!session) return;
  const { boxes, snapshots } = session.inventory;
  const title = field === 'id' ? l10n.t('Copy ID') : l10n.t('Copy Name');
  const resource =
    typeof id === 'string' ? (boxes.find(id) ?? snapshots.find(id)) : await pickResource(session, title);
  if (!resource) return;
  await env.clipboard.writeText(resource[field]);
  window.setStatusBarMessage(l10n.t('Copied {0}', resource[field]), shownMs);
}

const shownMs = 3_000;
