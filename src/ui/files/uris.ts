import { Uri } from 'vscode';
import { fileOfRow, filePlace } from '../../app/files/file-place';
import { fileScheme } from '../../contributions';
import { fileAt, sandboxUri } from './sandbox-uri';

/** What a command was given by the explorer: files of this machine, those that are selected with it included. */
export function localFiles(argument: unknown, selected: unknown): Uri[] {
  const given = Array.isArray(selected) && selected.length > 0 ? (selected as unknown[]) : [argument];
  return given.filter((each): each is Uri => each instanceof Uri && each.scheme === 'file');
}

/** A file or folder of a sandbox, where the command was given one: by the explorer, or by a row. */
export function sandboxFile(argument: unknown): Uri | undefined {
  const ofRow = fileOfRow(argument);
  if (ofRow) return sandboxUri(ofRow);
  return argument instanceof Uri && argument.scheme === fileScheme ? argument : undefined;
}

/** The id of the sandbox that a command was given, or one of whose files. */
export function givenSandbox(argument: unknown): string | undefined {
  const file = sandboxFile(argument);
  if (file) return fileAt(file).id;
  return filePlace(argument)?.boxId ?? (typeof argument === 'string' ? argument : undefined);
}
