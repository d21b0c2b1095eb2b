import type { CommitSpec } from './engine';

/** What the products do differently. Each member's reason stands where a product fills it in. */
export interface Dialect {
  changesLimits: boolean;
  hearsOfPausesLate: boolean;
  /** Whether what a process said last is lost when its reader is slow. */
  dropsLastWords: boolean;
  /** Whether an image that is loaded may leave out the layers that the engine has. */
  takesImagesWithoutLayers: boolean;

  /**
   * Part of `HostConfig`: makes `/tmp` a folder in memory that archives reach and commits leave out. Takes the
   * options of its mount, tmpfs(5).
   */
  temporaryFolder(mountOptions: string): Record<string, unknown>;
  /** How `GET` and `HEAD` of an archive are told which path is meant, and no other. */
  pathToRead(path: string): string;
  /** How `POST /commit` is told the configuration of the new image. */
  commitConfiguration(spec: CommitSpec): { query: Record<string, string | string[]>; json: unknown };
}
