import { execute } from '../../api/commands';
import { ApiError } from '../../api/errors';
import { statFile } from '../../api/files/read-file';
import type { CallOptions, Transport } from '../../api/transport';
import type { Box } from '../../api/types';
import { FileError, fileErrorOf } from './file-error';

/** The way to a sandbox. */
export type Way = Pick<Place, 'transport' | 'box'>;

/** A running sandbox, the way to it, and what is known of its programs. */
export interface Place {
  readonly transport: Transport;
  readonly box: Pick<Box, 'id' | 'dataplane_url'>;
  readonly programs: Programs;
  /** Of one file on its way down, side by side. */
  readonly mostRanges: number;
  /**
   * For work that takes long, before each further request: the sandbox may have been stopped meanwhile, and would be
   * started by it. What has just answered is not looked at, unless `isDoubtful`. Throws OutOfReachError.
   */
  readonly stillRuns: (options?: { isDoubtful: boolean }) => Promise<void>;
}

const shell = '/bin/sh';
/** Programs speak English, and tell times in UTC. Relative paths, of which we send none, would begin at the root. */
const surroundings = { env: { LC_ALL: 'C', TZ: 'UTC0' }, cwd: '/' };
const usualSeconds = 30;

/** Runs scripts in sandboxes, and knows which of them have no shell for it: those are not asked again. */
export class Programs {
  readonly #without = new Set<string>();
  readonly #withShell = new Set<string>();

  /**
   * What the script says; `args` are its `$1` and so on. It ends with 127 where a program it needs is missing, which
   * says nothing of other scripts.
   * Throws FileError: `no-programs`, or what stderr tells of `path` when it ends with anything but 0.
   */
  async run(
    { transport, box }: Way,
    path: string,
    [script, ...args]: readonly [script: string, ...args: string[]],
    { seconds = usualSeconds, ...call }: CallOptions & { seconds?: number } = {},
  ): Promise<string> {
    if (this.#without.has(box.id)) throw new FileError('no-programs', path);
    const request = { command: [shell, '-c', script, 'sh', ...args], timeout: seconds, ...surroundings };
    let refusal: ApiError | undefined;
    try {
      const { stdout, stderr, exit_code } = await execute(transport, box, request, call);
      if (exit_code === 0) return stdout;
      if (exit_code !== 126 && exit_code !== 127) throw fileErrorOf(path, stderr);
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'invalid') throw error;
      refusal = error;
    }
    if (!(await this.#hasShell({ transport, box }, call))) this.#without.add(box.id);
    else if (refusal) throw fileErrorOf(path, refusal.message);
    throw new FileError('no-programs', path);
  }

  /** The other way where the sandbox has no programs for the first. */
  async either<T>(withPrograms: () => Promise<T>, without: () => Promise<T>): Promise<T> {
    try {
      return await withPrograms();
    } catch (error) {
      if (!(error instanceof FileError) || error.problem !== 'no-programs') throw error;
      return without();
    }
  }

  /** The wire has no error of its own for a program that is not there. */
  async #hasShell({ transport, box }: Way, call: CallOptions): Promise<boolean> {
    if (this.#withShell.has(box.id)) return true;
    try {
      await statFile(transport, box, shell, call);
      this.#withShell.add(box.id);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.kind === 'not-found') return false;
      throw error;
    }
  }
}
