import { window, workspace } from 'vscode';
import type { Desk } from '../desk';
import { activityUri } from '../activity/activity-documents';

/** Opens what is written down of the action; `id` comes from its row. */
export async function showActivity({ activities }: Desk, id: unknown): Promise<void> {
  const found = typeof id === 'string' ? activities.find(id) : undefined;
  if (!found) return;
  const document = await workspace.openTextDocument(activityUri(found.record));
  await window.showTextDocument(document, { preview: true });
}
