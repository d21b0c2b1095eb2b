/** Something in a folder that is searched. Devices, pipes and sockets are left out. */
export interface Entry {
  /** Relative to that folder. */
  path: string;
  /** A link is never followed: a search can't leave its folder, nor go round in circles. */
  kind: 'file' | 'folder' | 'link';
  /** Bytes of a file, or of the path that a link holds; 0 for a folder. */
  sizeBytes: number;
  /** Whole seconds: archives know no more. */
  modifiedAt: Date;
}

/** The order of matches: by letters, whatever the language. */
export function byPath(a: { path: string }, b: { path: string }): number {
  if (a.path === b.path) return 0;
  return a.path < b.path ? -1 : 1;
}

/** What the kernel shows of itself: not searched. */
export const kernelFolders = ['proc', 'sys', 'dev'];

/** Whether a path, relative to this folder of the sandbox, belongs to the sandbox's own files. */
export function isSearched(folder: string, relative: string): boolean {
  const absolute = folder === '/' ? relative : `${folder.slice(1)}/${relative}`;
  return !kernelFolders.some((each) => absolute.startsWith(`${each}/`));
}
