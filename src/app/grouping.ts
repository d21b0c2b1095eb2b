import type { Box } from '../api/types';

/** How the sandboxes are put together. Persisted. */
export type Grouping =
  | { readonly by: 'none' }
  | { readonly by: 'status' }
  | { readonly by: 'snapshot' }
  | { readonly by: 'label'; readonly key: string };

/** Keys of labels and how many of the sandboxes bear them; those that most do come first. */
export function labelKeys(boxes: readonly Box[]): [key: string, count: number][] {
  const counts = new Map<string, number>();
  for (const key of boxes.flatMap(({ labels }) => Object.keys(labels ?? {}))) {
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort(([a, one], [b, other]) => other - one || a.localeCompare(b));
}
