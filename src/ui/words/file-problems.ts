import { l10n } from 'vscode';
import { FileError } from '../../app/files/file-error';
import { OutOfReachError } from '../../app/files/out-of-reach';
import { cutMiddle } from './cut';
import { statusWord } from './states';

/** One sentence that stands by itself; undefined for any other error. */
export function fileProblemWords(error: unknown): string | undefined {
  if (error instanceof FileError) return fileWords(error);
  return error instanceof OutOfReachError ? outOfReachWords(error) : undefined;
}

function fileWords({ problem, path, reason, cause }: FileError): string {
  switch (problem) {
    case 'not-found':
      return path.includes('\uFFFD')
        ? l10n.t('The name of {0} is not UTF-8, so that it can be worked with in a terminal only.', path)
        : l10n.t('There is no {0} in the sandbox.', path);
    case 'exists':
      return l10n.t('{0} is there already.', path);
    case 'is-folder':
      return l10n.t('{0} is a folder.', path);
    case 'no-folder':
      return l10n.t('{0} is not a folder, or does not lie in one.', path);
    case 'not-empty':
      return l10n.t('{0} is not empty.', path);
    case 'no-permission':
      return l10n.t('The sandbox’s user has no permission for {0}.', path);
    case 'no-programs':
      return l10n.t(
        'The sandbox’s image has no programs for this: there, files can be read and written, but no folder can be made and nothing moved or deleted.',
      );
    case 'no-space':
      return l10n.t('No space is left for {0} in the sandbox.', path);
    case 'into-itself':
      return l10n.t('{0} cannot take that place: one lies in the other.', path);
    case 'changed':
      return l10n.t('{0} has changed in the sandbox since it was read. Nothing was written.', path);
    case 'overtaken':
      return l10n.t('{0} was written by somebody else at the same moment. Save again to see both.', path);
    case 'stays':
      return l10n.t(
        '{0} is a link or a device, which do not go into another sandbox. Nothing was moved.',
        path,
      );
    case 'copied':
      return cause === undefined
        ? l10n.t('{0} was copied, but stays where it was as well: it has changed meanwhile.', path)
        : l10n.t(
            '{0} was copied, but could not be deleted where it was. {1}',
            path,
            fileProblemWords(cause) ?? (cause instanceof Error ? cause.message : ''),
          );
    case 'cut':
      return l10n.t('{0} holds more than the server tells. Nothing was taken from it.', path);
    case 'read-only':
      return l10n.t(
        '{0} was not changed: the files of this sandbox are read-only in this workspace. “Allow Changes to Files” in the menu of its row ends that.',
        path,
      );
    case 'failed':
      return `${path}: ${reason || l10n.t('the server gave no reason')}`;
  }
}

function outOfReachWords({ obstacle }: OutOfReachError): string {
  switch (obstacle.why) {
    case 'not-connected':
      return l10n.t('The window is not connected to the sandbox. Connect, and try again.');
    case 'gone':
      return l10n.t('There is no such sandbox on {0}.', obstacle.on);
    case 'not-running':
      return l10n.t(
        'Sandbox {0} is {1}. Its files are there when it runs.',
        cutMiddle(obstacle.box.name),
        statusWord(obstacle.status),
      );
  }
}
