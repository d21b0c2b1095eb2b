import { FileSystemError, l10n } from 'vscode';
import { failureOf } from '../../app/failure';
import { FileError } from '../../app/files/file-error';
import { sentence, why, whyNotRead } from '../words/failures';

/** As the editor tells it, which says itself what could not be done. */
export function fileSystemError(error: unknown): FileSystemError {
  const text = fileFailureSentence(error);
  if (!(error instanceof FileError)) return FileSystemError.Unavailable(text);
  switch (error.problem) {
    case 'not-found':
      return FileSystemError.FileNotFound(text);
    case 'exists':
      return FileSystemError.FileExists(text);
    case 'is-folder':
      return FileSystemError.FileIsADirectory(text);
    case 'no-folder':
      return FileSystemError.FileNotADirectory(text);
    case 'no-permission':
    case 'no-programs':
    case 'read-only':
      return FileSystemError.NoPermissions(text);
    case 'not-empty':
    case 'no-space':
    case 'into-itself':
    case 'changed':
    case 'overtaken':
    case 'stays':
    case 'copied':
    case 'cut':
    case 'failed':
      return FileSystemError.Unavailable(text);
  }
}

/** One sentence that stands by itself. */
export function fileFailureSentence(error: unknown): string {
  const failure = failureOf(error);
  return failure.cause === 'file'
    ? why(failure)
    : sentence(l10n.t('The sandbox could not be asked'), whyNotRead(failure));
}
