/**
 * Whether a resource came into being at `startedAt` (epoch milliseconds) or later. Servers may tell whole seconds only,
 * hence that grain. One that doesn't tell may be older, and so may any when the server's clock is behind ours.
 */
export function isMadeSince(
  { created_at }: { readonly created_at?: string | null },
  startedAt: number,
): boolean {
  return Date.parse(created_at ?? '') >= Math.floor(startedAt / 1000) * 1000;
}
