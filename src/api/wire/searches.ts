export interface GlobRequest {
  /** `**`, `*`, `?`, `[…]`, against the path below `path`. */
  pattern: string;
  /** An absolute folder. */
  path: string;
  limit?: number;
}

export interface GlobMatch {
  /** Absolute. */
  path: string;
  is_dir: boolean;
  size_bytes: number;
  modified_at: string;
}

export interface GrepRequest {
  /** Literal text. */
  pattern: string;
  path: string;
  /** Which files: of any folder when it has neither `/` nor `**`, else below `path`. */
  glob?: string;
  limit?: number;
}

export interface GrepMatch {
  path: string;
  /** From 1. */
  line: number;
  text: string;
}

/** `truncated`: there may be more. */
export interface SearchReply<Match> {
  matches: Match[];
  truncated: boolean;
}
