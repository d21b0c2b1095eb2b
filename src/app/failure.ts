import {
  ApiError,
  ResourceFailedError,
  WaitTimeoutError,
  type ApiErrorKind,
  type Obstacle,
} from '../api/errors';
import type { Box } from '../api/types';
import { CutOffError } from './activity/cut-off';
import { MissingKeyError } from './credentials';
import { SnapshotInUseError } from './dependents';
import { FileError } from './files/file-error';
import { OutOfReachError } from './files/out-of-reach';
import { LocalServerError, type LocalServerProblem } from './local-process/server-error';
import { BusyError } from './pending';

/**
 * Why something could not be done: a small closed set, each with one sentence for the user (`ui/words/failure.ts`).
 * - the kinds of `ApiError`
 * - `registry-refused`: a build whose registry wants other credentials
 * - `resource-failed`: the resource ended in `failed`, or elsewhere than it was waited for
 * - `still-going`: the wait ran out, the resource goes on
 * - `in-use`: a snapshot that is not deleted, for sandboxes stand on it
 * - `busy`: this window is doing something with the resource that has to end first
 * - `cut-off`: the window that began it is gone, and nothing on the server tells of it
 * - `no-key`: the endpoint's key is not in the SecretStorage
 * - `file`: a `FileError` or `OutOfReachError`, which tells the rest
 * - the problems of the local server
 * - `defect`: anything else, which is a fault of this extension
 */
export type FailureCause =
  | ApiErrorKind
  | 'registry-refused'
  | 'resource-failed'
  | 'still-going'
  | 'in-use'
  | 'busy'
  | 'cut-off'
  | 'no-key'
  | 'file'
  | LocalServerProblem
  | 'defect';

export interface Failure {
  readonly cause: FailureCause;
  /** The server's own words, in one line; empty when it gave none. */
  readonly reason: string;
  /** Of `unreachable` alone: what stands in the way. */
  readonly obstacle?: Obstacle;
  /** Of `in-use` alone: which sandboxes; at least one. */
  readonly users?: readonly Box[];
  /** For the log, which redacts it. */
  readonly error: unknown;
}

export function failureOf(error: unknown): Failure {
  if (error instanceof ApiError && error.kind === 'unreachable') {
    return { cause: error.kind, reason: '', obstacle: error.obstacle, error };
  }
  if (error instanceof ApiError) return { cause: error.kind, reason: oneLine(error.message), error };
  if (error instanceof ResourceFailedError) {
    const isRegistry = error.resource === 'snapshot' && isRefusedByRegistry(error.message);
    const cause = isRegistry ? 'registry-refused' : 'resource-failed';
    return { cause, reason: oneLine(error.message), error };
  }
  if (error instanceof WaitTimeoutError) return { cause: 'still-going', reason: error.status, error };
  if (error instanceof LocalServerError) {
    return { cause: error.problem, reason: oneLine(error.message), error };
  }
  if (error instanceof SnapshotInUseError) {
    return { cause: 'in-use', reason: oneLine(error.message), users: error.users, error };
  }
  if (error instanceof CutOffError) return { cause: 'cut-off', reason: '', error };
  if (error instanceof BusyError) return { cause: 'busy', reason: '', error };
  if (error instanceof FileError) return { cause: 'file', reason: '', error };
  if (error instanceof OutOfReachError) {
    return error.failure ?? { cause: 'file', reason: '', error };
  }
  if (error instanceof MissingKeyError) return { cause: 'no-key', reason: '', error };
  return { cause: 'defect', reason: oneLine(error instanceof Error ? error.message : ''), error };
}

/**
 * Whether a failed build's reason speaks of credentials. The wire gives a sentence and no code for it,
 * and every registry has its own: these are the words they share.
 */
export function isRefusedByRegistry(reason: string): boolean {
  return /user ?name\b.*\bpassword|credentials|unauthori[sz]ed|not authori[sz]ed|authentication|access (to the resource is )?denied|denied: |incorrect username|no basic auth/i.test(
    reason,
  );
}

const longestReason = 300;

function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > longestReason ? `${line.slice(0, longestReason - 1)}…` : line;
}
