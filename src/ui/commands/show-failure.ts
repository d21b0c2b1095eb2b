import { l10n } from 'vscode';
import type { Desk } from '../desk';
import { notice } from '../notice';

/** Writes a failed row's reason into the log, in full, and shows it there. */
export function showFailure(desk: Desk, id: unknown): void {
  const inventory = desk.connections.current.value.session?.inventory;
  if (!inventory || typeof id !== 'string') return;
  const resource = inventory.boxes.find(id) ?? inventory.snapshots.find(id);
  if (!resource) return void notice('warning', l10n.t('It is not there any more.'));
  desk.log.error(`${resource.name} (${resource.id}) failed: ${resource.status_message ?? 'no reason given'}`);
  desk.channel.show();
}
