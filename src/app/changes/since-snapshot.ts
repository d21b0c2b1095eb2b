import type { Box } from '../../api/types';
import type { SandboxFiles } from '../files/sandbox-files';
import { settle, type Outcome, type Run } from '../outcome';
import type { Session } from '../session';
import { compare, type Comparison } from './compare';
import { contentsBefore, type Content, type ContentLimits } from './contents';
import { sandboxSide } from './sandbox-side';
import { inTemporarySandbox, type Origin } from './temporary-sandbox';

export interface SinceSnapshot extends Comparison {
  /** What the changed and deleted files and links held, by path. */
  readonly originals: ReadonlyMap<string, Content>;
  /** The temporary sandbox, where it could not be deleted. */
  readonly left?: Box;
}

const all = { permissions: 0o7777, areTimesTrue: true };

/**
 * What differs in a running sandbox from the snapshot it booted from. A snapshot can only be looked at in a sandbox of
 * it, which is there for as long as this takes; left is what could not be deleted of it.
 */
export function changesSinceSnapshot(
  session: Session,
  files: Pick<SandboxFiles, 'within'>,
  box: Origin & Pick<Box, 'id'>,
  run: Run,
  limits?: ContentLimits,
): Promise<Outcome<SinceSnapshot, Box>> {
  return settle(run, async (started) => {
    let left: Box | undefined;
    const found = await inTemporarySandbox(
      session,
      box,
      run,
      async ({ id }) => {
        const before = sandboxSide(files, { id, path: '/' });
        const comparison = await compare(before, sandboxSide(files, { id: box.id, path: '/' }), all, run);
        const originals = await contentsBefore(before, comparison.changes, run, limits);
        return { ...comparison, originals };
      },
      (box) => {
        left = box;
        started(box);
      },
    );
    return { ...found, left };
  });
}
