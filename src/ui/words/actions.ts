import { l10n } from 'vscode';
import type { Verb } from '../../app/activity/verb';
import { cutMiddle } from './cut';

export interface ActionWords {
  /** In lists of what was done, where there is little room: `Build python`. */
  readonly title: string;
  /** Above the progress: `Building snapshot python`. */
  readonly doing: string;
  /** First half of the sentence when it failed: `Could not build snapshot python`. */
  readonly couldNot: string;
  /** When it is done and nobody sees the row. */
  readonly done: string;
}

/** The sentences of one action on one thing; `name` is shown as the user wrote it, cut in the middle when long. */
export function actionWords(verb: Verb, fullName: string): ActionWords {
  const name = cutMiddle(fullName);
  switch (verb) {
    case 'connect':
      return {
        title: l10n.t('Connect to {0}', name),
        doing: l10n.t('Connecting to {0}', name),
        couldNot: l10n.t('Could not connect to {0}', name),
        done: l10n.t('Connected to {0}.', name),
      };
    case 'build':
      return {
        title: l10n.t('Build {0}', name),
        doing: l10n.t('Building snapshot {0}', name),
        couldNot: l10n.t('Could not build snapshot {0}', name),
        done: l10n.t('Snapshot {0} is ready.', name),
      };
    case 'capture':
      return {
        title: l10n.t('Capture {0}', name),
        doing: l10n.t('Capturing snapshot {0}', name),
        couldNot: l10n.t('Could not capture snapshot {0}', name),
        done: l10n.t('Snapshot {0} is ready.', name),
      };
    case 'create':
      return {
        title: l10n.t('Create {0}', name),
        doing: l10n.t('Creating sandbox {0}', name),
        couldNot: l10n.t('Could not create sandbox {0}', name),
        done: l10n.t('Sandbox {0} is ready.', name),
      };
    case 'start':
      return {
        title: l10n.t('Start {0}', name),
        doing: l10n.t('Starting sandbox {0}', name),
        couldNot: l10n.t('Could not start sandbox {0}', name),
        done: l10n.t('Sandbox {0} is ready.', name),
      };
    case 'stop':
      return {
        title: l10n.t('Stop {0}', name),
        doing: l10n.t('Stopping sandbox {0}', name),
        couldNot: l10n.t('Could not stop sandbox {0}', name),
        done: l10n.t('Sandbox {0} has stopped.', name),
      };
    case 'delete-sandbox':
      return {
        title: l10n.t('Delete sandbox {0}', name),
        doing: l10n.t('Deleting sandbox {0}', name),
        couldNot: l10n.t('Could not delete sandbox {0}', name),
        done: l10n.t('Sandbox {0} is deleted.', name),
      };
    case 'delete-snapshot':
      return {
        title: l10n.t('Delete snapshot {0}', name),
        doing: l10n.t('Deleting snapshot {0}', name),
        couldNot: l10n.t('Could not delete snapshot {0}', name),
        done: l10n.t('Snapshot {0} is deleted.', name),
      };
    case 'start-several':
      return {
        title: l10n.t('Start {0}', fullName),
        doing: l10n.t('Starting {0}', fullName),
        couldNot: l10n.t('Could not start {0}', fullName),
        done: l10n.t('Started {0}.', fullName),
      };
    case 'stop-several':
      return {
        title: l10n.t('Stop {0}', fullName),
        doing: l10n.t('Stopping {0}', fullName),
        couldNot: l10n.t('Could not stop {0}', fullName),
        done: l10n.t('Stopped {0}.', fullName),
      };
    case 'capture-several':
      return {
        title: l10n.t('Capture {0}', fullName),
        doing: l10n.t('Capturing {0}', fullName),
        couldNot: l10n.t('Could not capture {0}', fullName),
        done: l10n.t('Captured {0}.', fullName),
      };
    case 'delete-several':
      return {
        title: l10n.t('Delete {0}', fullName),
        doing: l10n.t('Deleting {0}', fullName),
        couldNot: l10n.t('Could not delete {0}', fullName),
        done: l10n.t('Deleted {0}.', fullName),
      };
    case 'upload':
      return {
        title: l10n.t('Upload {0}', name),
        doing: l10n.t('Uploading {0}', name),
        couldNot: l10n.t('Could not upload {0}', name),
        done: l10n.t('Uploaded {0}.', name),
      };
    case 'download':
      return {
        title: l10n.t('Download {0}', name),
        doing: l10n.t('Downloading {0}', name),
        couldNot: l10n.t('Could not download {0}', name),
        done: l10n.t('Downloaded {0}.', name),
      };
    case 'compare':
      return {
        title: l10n.t('Compare {0}', name),
        doing: l10n.t('Comparing {0}', name),
        couldNot: l10n.t('Could not compare {0}', name),
        done: l10n.t('Compared {0}.', name),
      };
    case 'save':
      return {
        title: l10n.t('Save {0}', name),
        doing: l10n.t('Saving {0}', name),
        couldNot: l10n.t('Could not save {0}', name),
        done: l10n.t('Saved {0}.', name),
      };
    case 'remove-registry':
      return {
        title: l10n.t('Remove registry {0}', name),
        doing: l10n.t('Removing registry {0}', name),
        couldNot: l10n.t('Could not remove registry {0}', name),
        done: l10n.t('Registry {0} is removed.', name),
      };
  }
}
