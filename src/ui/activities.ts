import type { ExtensionContext } from 'vscode';
import { Activities } from '../app/activity/activities';
import { activityFolder } from '../app/activity/folder';
import { Journal } from '../app/activity/journal';
import type { Log } from '../app/log';
import type { Subscription } from '../app/observable';
import { ActivityTree } from './activity/activity-tree';
import type { Desk } from './desk';
import { resumeActions } from './resume-actions';

/** What all windows of this editor write down of what they do. Should this one end, what is running is left to others. */
export function activitiesOf(
  { globalStorageUri, subscriptions }: ExtensionContext,
  log: Log,
  redact: (text: string) => string,
): Activities {
  const folder = activityFolder(globalStorageUri.fsPath);
  const journal = new Journal({ folder, processId: process.pid, redact });
  subscriptions.push({ dispose: () => journal.release() });
  return new Activities({
    journal,
    folder,
    onError: (error) => log.error('The activity could not be written down', error),
  });
}

/** Shows them, and sees unfinished ones to their end. */
export function followActivities(desk: Desk): Subscription[] {
  return [new ActivityTree(desk), ...resumeActions(desk)];
}
