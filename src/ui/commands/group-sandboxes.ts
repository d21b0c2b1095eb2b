import { l10n, type QuickPickItem } from 'vscode';
import type { Box } from '../../api/types';
import { labelKeys, type Grouping } from '../../app/grouping';
import type { Desk } from '../desk';
import { notice } from '../notice';
import { askChoice } from '../wizards/choice-question';
import { sandboxes } from '../words/count';
import { joined } from '../trees/row';

interface Choice extends QuickPickItem {
  readonly by: Grouping['by'];
}

interface LabelChoice extends QuickPickItem {
  readonly key: string;
}

/** Asks by what the rows of the sandboxes view are put together, and keeps it for further windows. */
export async function groupSandboxes(desk: Desk): Promise<void> {
  const boxes = desk.connections.current.value.session?.inventory.boxes.items ?? [];
  const before = desk.memory.grouping.value;
  for (;;) {
    const by = await askBy(before);
    if (by === undefined) return;
    if (by !== 'label') return desk.memory.setGrouping({ by });
    const key = await askKey(boxes, before);
    if (key === 'back') continue;
    if (key) await desk.memory.setGrouping({ by, key: key.key });
    return;
  }
}

async function askBy(before: Grouping): Promise<Grouping['by'] | undefined> {
  const items = choices(before);
  let chosen: Grouping['by'] | undefined;
  await askChoice<Choice>(
    { flow: l10n.t('Group Sandboxes'), canGoBack: false },
    {
      placeholder: l10n.t('What sandboxes of one group share'),
      items,
      active: items.find(({ by }) => by === before.by),
      choose: ({ by }) => (chosen = by),
    },
  );
  return chosen;
}

function choices(before: Grouping): Choice[] {
  const choice = (by: Grouping['by'], label: string, value?: string): Choice => ({
    by,
    label,
    description: by === before.by ? joined([value, l10n.t('current')]) : undefined,
  });
  return [
    choice('none', l10n.t('None')),
    choice('status', l10n.t('Status')),
    choice('snapshot', l10n.t('Snapshot')),
    choice('label', l10n.t('Label…'), before.by === 'label' ? before.key : undefined),
  ];
}

/** Undefined when there is none, or it was escaped. */
async function askKey(
  boxes: readonly Box[],
  before: Grouping,
): Promise<{ readonly key: string } | 'back' | undefined> {
  const items = labelKeys(boxes).map(([key, count]): LabelChoice => ({
    key,
    label: key,
    description: sandboxes(count),
  }));
  if (items.length === 0) {
    void notice('information', l10n.t('No sandbox in the list has a label.'));
    return undefined;
  }
  let chosen: { readonly key: string } | undefined;
  const turn = await askChoice<LabelChoice>(
    { flow: l10n.t('Group Sandboxes'), label: l10n.t('Label'), canGoBack: true },
    {
      placeholder: l10n.t('The label whose values make the groups'),
      items,
      active: items.find(({ key }) => before.by === 'label' && key === before.key),
      choose: ({ key }) => (chosen = { key }),
    },
  );
  return turn === 'back' ? 'back' : chosen;
}
