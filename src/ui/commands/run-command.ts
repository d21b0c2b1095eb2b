import { l10n } from 'vscode';
import type { Desk } from '../desk';
import { askCommand } from '../runs/ask-command';
import { cutMiddle } from '../words/cut';
import { awakeSandbox } from './awake-sandbox';

export async function runCommand(desk: Desk, id: unknown): Promise<void> {
  const title = l10n.t('Run Command');
  const chosen = await awakeSandbox(desk, id, title);
  if (!chosen) return;
  const { box } = chosen;
  const line = await askCommand(`${title}: ${cutMiddle(box.name)}`, desk.history.of(box.id));
  if (line === undefined) return;
  await desk.history.remember(box.id, line);
  const program = (): Promise<{ line: string }> => Promise.resolve({ line });
  desk.terminals.open(
    { ...chosen, title: desk.history.mayKeep(line) ? `${box.name}: ${cutMiddle(line)}` : box.name, program },
    'stay',
  );
}
