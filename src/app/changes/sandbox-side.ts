import { posix } from 'node:path';
import { readWhole } from '../files/read';
import type { FileAt, SandboxFiles } from '../files/sandbox-files';
import { digestsOfRead } from './digests';
import { inPieces } from './pieces';
import { sandboxTree } from './sandbox-tree';
import type { Side } from './tree';

const seconds = 600;

/** One line each, empty for what can't be read. */
const digestScript = `command -v sha256sum >/dev/null || exit 127
cd "$1" && shift || exit 1
for file; do
  if [ -L "$file" ]; then readlink -n "$file" | sha256sum
  else sha256sum <"$file" || echo; fi 2>/dev/null
done`;

const linkScript = 'command -v readlink >/dev/null || exit 127; exec readlink -n "$1"';

/** A folder of a sandbox, which is not started for it. All throws FileError, OutOfReachError or ApiError. */
export function sandboxSide(files: Pick<SandboxFiles, 'within'>, { id, path: root }: FileAt): Side {
  const read = (path: string, signal: AbortSignal): Promise<Uint8Array> =>
    files.within(id, async (place) => (await readWhole(place, posix.join(root, path), { signal })).bytes);
  return {
    list: (run) => files.within(id, (place) => sandboxTree(place, root, run)),
    digests: async (paths, signal) => {
      const found: (string | undefined)[] = [];
      for (const piece of inPieces(paths)) {
        const names = piece.map((path) => `./${path}`);
        const digests = await files.within(id, (place) =>
          place.programs.either(
            async () =>
              linesOf(
                await place.programs.run(place, root, [digestScript, root, ...names], { seconds, signal }),
                piece.length,
              ),
            () => digestsOfRead(place, root, piece, signal),
          ),
        );
        found.push(...digests);
      }
      return found;
    },
    content: (path, kind, signal) =>
      kind === 'link'
        ? files.within(id, async ({ programs, ...place }) => {
            const target = await programs.run(place, path, [linkScript, posix.join(root, path)], { signal });
            return Buffer.from(target);
          })
        : read(path, signal),
  };
}

function linesOf(output: string, count: number): (string | undefined)[] {
  const lines = output.split('\n');
  return Array.from({ length: count }, (_, at) => lines[at]?.split(' ')[0] || undefined);
}
