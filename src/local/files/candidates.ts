import type { Lifecycle } from '../lifecycle/lifecycle';
import { findStandardShell } from '../lifecycle/shell';
import { isSearched } from './entry';
import { fieldsOf } from './fields';
import type { SearchPlace } from './search';
import { ToolFails, toolOutput } from './tool';

/** `grep` ends a name by a line end, so that names that hold one are tried one by one. */
const inBatch = `p=$1; shift; case "$*" in
*"
"*) for f; do grep -qF -e "$p" "$f" && printf "%s\\0" "$f"; done ;;
*) grep -lF -e "$p" "$@" | tr "\\n" "\\0" ;;
esac; true`;
const script = `for tool in find grep tr; do command -v $tool >/dev/null || exit 127; done
exec find "$1" -mindepth 1 \\( ! -path /proc ! -path /sys ! -path /dev -o -prune \\) -type f \\
  -exec sh -c "$3" sh "$2" {} +`;

/**
 * The files of a folder that hold this text, told by the sandbox's own `find` and `grep`, in no order; among them may
 * be some that are no text. Undefined where the sandbox has no programs for it.
 */
export async function candidates(
  lifecycle: Lifecycle,
  { box, container, folder }: SearchPlace,
  pattern: string,
  isWanted: (path: string) => boolean,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  if (!(await findStandardShell(lifecycle, container, signal))) return undefined;
  const output = toolOutput(lifecycle, box.id, script, [folder, pattern, inBatch], signal);
  const above = folder === '/' ? 1 : folder.length + 1;
  const paths: string[] = [];
  try {
    const names = fieldsOf(output);
    for (let name = await names.next(0); name !== undefined; name = await names.next(0)) {
      const path = name.slice(above);
      if (isSearched(folder, path) && isWanted(path)) paths.push(path);
    }
    return paths;
  } catch (error) {
    if (error instanceof ToolFails) return undefined;
    throw error;
  } finally {
    await output.return(undefined);
  }
}
