/**
 * Why a sandbox's file could not be worked with.
 * - `no-folder`: it, or what stands above it, is no folder
 * - `no-programs`: the image has nothing to do it with
 * - `into-itself`: a folder that would be put into itself, or in place of what holds it
 * - `changed`: somebody else has written it since it was read, and what they wrote was to stay
 * - `overtaken`: somebody else has written it at the same moment, and what they wrote stands there
 * - `stays`: a link or a device, which can't be moved into another sandbox
 * - `copied`: what was to move to another sandbox is there, and stays where it was, as it has changed meanwhile or for
 *   what the error's cause tells
 * - `cut`: a folder that holds more than the server tells
 * - `read-only`: the user wants the sandbox's files to stay as they are
 * - `failed`: anything else, in `reason`'s words
 */
export type FileProblem =
  | 'not-found'
  | 'exists'
  | 'is-folder'
  | 'no-folder'
  | 'not-empty'
  | 'no-permission'
  | 'no-programs'
  | 'no-space'
  | 'into-itself'
  | 'changed'
  | 'overtaken'
  | 'stays'
  | 'copied'
  | 'cut'
  | 'read-only'
  | 'failed';

export class FileError extends Error {
  override readonly name = 'FileError';

  constructor(
    readonly problem: FileProblem,
    /** In the sandbox, absolute. */
    readonly path: string,
    /** The program's or the server's own words; empty when there are none. */
    readonly reason = '',
    options?: ErrorOptions,
  ) {
    super(reason || `${problem}: ${path}`, options);
  }
}

/** What Linux calls each, in the language of programs that were told none. */
const words: readonly [RegExp, FileProblem][] = [
  [/No such file or directory/, 'not-found'],
  [/File exists/, 'exists'],
  [/Not a directory|is a file, not a folder/, 'no-folder'],
  [/[Ii]s a directory/, 'is-folder'],
  [/Directory not empty/, 'not-empty'],
  [/Permission denied|Operation not permitted|Read-only file system/, 'no-permission'],
  [/No space left on device|no space is left|Disk quota exceeded/, 'no-space'],
];

/** From what a program wrote to stderr, or a server answered. */
export function fileErrorOf(path: string, reason: string): FileError {
  const problem = words.find(([pattern]) => pattern.test(reason))?.[1] ?? 'failed';
  return new FileError(problem, path, reason.trim());
}
