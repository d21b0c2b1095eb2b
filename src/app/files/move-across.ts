import { copyAcross } from './copy-across';
import { FileError } from './file-error';
import type { Place } from './programs';
import type { FileAt, SandboxFiles } from './sandbox-files';

/** Whole trees are looked at. */
const seconds = 600;

/** Times of changes are told in fractions of a second here, which `find -newer` leaves out in some images. */
const stateScript = `state() {
  for program in find stat sha256sum; do command -v $program >/dev/null || return 0; done
  find "$1" -exec stat -c '%n %s %y %f' {} + 2>/dev/null | sha256sum
}
`;

/** Says whether it is what it was, and lets it go then, in one command: nothing comes in between. */
const removal = `${stateScript}
[ -e "$1" ] || [ -L "$1" ] || { echo removed; exit 0; }
[ "$(state "$1")" = "$2" ] || { echo changed; exit 0; }
rm -rf "$1" && echo removed`;

/**
 * From one sandbox to another. What is written there while it is copied was not copied, so that it stays then.
 * `onCopied`: the copy stands in its place, whatever becomes of the original.
 * Throws FileError: `copied` where the original stays.
 */
export async function moveAcross(
  files: SandboxFiles,
  from: FileAt,
  to: FileAt,
  overwrite: boolean,
  onCopied: () => void,
): Promise<void> {
  const before = await files.within(from.id, (place) => stateOf(place, from.path));
  await copyAcross(files, from, to, { overwrite, isMove: true });
  onCopied();
  let isChanged: boolean;
  try {
    isChanged = await files.within(from.id, (place) => isChangedElseRemove(place, from.path, before));
  } catch (cause) {
    throw new FileError('copied', from.path, '', { cause });
  }
  if (isChanged) throw new FileError('copied', from.path);
}

/** Empty where the sandbox has nothing to tell it with. */
function stateOf({ programs, ...place }: Place, path: string): Promise<string> {
  return programs.either(
    async () => (await programs.run(place, path, [`${stateScript}state "$1"`, path], { seconds })).trim(),
    () => Promise.resolve(''),
  );
}

async function isChangedElseRemove(
  { programs, ...place }: Place,
  path: string,
  before: string,
): Promise<boolean> {
  if (path === '/') throw new FileError('no-permission', path);
  return (await programs.run(place, path, [removal, path, before], { seconds })).trim() === 'changed';
}
