import type { CommitSpec } from './engine';

/** What the products do differently. Each member's reason stands where a product fills it in. */
export interface Dialect {
  changesLimits: boolean;

  /**
   * Part of `HostConfig`: makes `/tmp` a folder in memory that archives reach and commits leave out. Takes the
   * options of its mount, tmpfs(5).
   */
  temporaryFolder(mountOptions: string): Record<string, unknown>;
  /** How `POST /commit` is told the configuration of the new image. */
  commitConfiguration(spec: CommitSpec): { query: Record<string, string | string[]>; json: unknown };
}
