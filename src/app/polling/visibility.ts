/** What of the sidebar a person sees. */
export interface Visibility {
  readonly boxes: boolean;
  readonly snapshots: boolean;
  /** Whether the window has the focus. */
  readonly focused: boolean;
}

export function isAnyInSight({ boxes, snapshots }: Visibility): boolean {
  return boxes || snapshots;
}

export const sights = ['boxes', 'snapshots', 'focused'] as const satisfies readonly (keyof Visibility)[];
