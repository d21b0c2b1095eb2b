/**
 * Why there is no local server to speak to.
 * - `no-engine`: it found no container engine; `lines` tell each place it looked at and what it found
 * - `local-key-refused`: one runs already, started with another key (by another user's editor, say)
 * - `local-exited`: it ended before it was ready; `lines` are the last of its log
 * - `local-silent`: it did not become ready in time
 */
export type LocalServerProblem = 'no-engine' | 'local-key-refused' | 'local-exited' | 'local-silent';

export class LocalServerError extends Error {
  override readonly name = 'LocalServerError';

  constructor(
    readonly problem: LocalServerProblem,
    readonly lines: readonly string[] = [],
  ) {
    super(lines.at(-1) ?? '');
  }
}
