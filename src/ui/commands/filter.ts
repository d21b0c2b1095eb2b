import { l10n } from 'vscode';
import type { Inventory } from '../../app/inventory';
import type { Desk } from '../desk';
import { askText } from '../wizards/text-question';
import { sessionFor } from './session';

type Kind = 'boxes' | 'snapshots';

export async function filter(desk: Desk, kind: Kind): Promise<void> {
  const session = await sessionFor(desk);
  if (!session) return;
  const collection = session.inventory[kind];
  let text = collection.filter;
  const title = kind === 'boxes' ? l10n.t('Filter Sandboxes') : l10n.t('Filter Snapshots');
  const turn = await askText(
    { flow: title, canGoBack: false },
    {
      prompt: l10n.t('Part of the name, in upper or lower case. Empty shows everything.'),
      value: text,
      keep: (typed) => (text = typed),
    },
  );
  if (turn === 'next') await collection.setFilter(text);
}

export async function clearFilter(desk: Desk, kind: keyof Pick<Inventory, Kind>): Promise<void> {
  await desk.connections.current.value.session?.inventory[kind].setFilter('');
}
