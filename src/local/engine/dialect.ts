import type { CommitSpec, ContainerLimits } from './engine';

/** What the products do differently. Each member's reason stands where a product fills it in. */
export interface Dialect {
  /** Whether this version changes the limits of containers. */
  changesLimits(version: string): boolean;
  /** Whether it does so while they are stopped, and keeps it. Else they are as they were made after the next start. */
  changesLimitsOfStopped: boolean;
  /** What comes before the path of a container's update, where it isn't the version of the Engine API. */
  updatePrefix?: string;
  /** How an update is told the limits that are given. */
  changedLimits(limits: ContainerLimits): unknown;
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
