import type { Uri } from 'vscode';
import type { Change, Comparison } from '../../app/changes/compare';
import type { PatchSource } from '../../app/changes/patch';
import type { Run } from '../../app/outcome';

/** Two trees and what differs between them, as the user sees it. */
export interface ShownComparison extends Comparison {
  /** What was compared with what. */
  readonly title: string;
  /** Of the patch, without its ending. */
  readonly fileName: string;
  /** What became of each, such as `added`, or where it is alone. */
  readonly word: (how: Change['how']) => string;
  /** Undefined where its text is not at hand. */
  readonly before: (path: string) => Uri | undefined;
  readonly after: (path: string) => Uri;
  /** What is at hand of both sides, for a patch. */
  readonly contents: (run: Run) => Promise<PatchSource>;
}
