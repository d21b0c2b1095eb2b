/**
 * Aborts, and gives what is in `order` when a timer of 50 ms fires that began just before. The process is kept busy until
 * it is due: whatever needs a socket or a longer timer comes after it, on a fast machine as on a slow one.
 */
export async function settledByAbort(
  abort: AbortController,
  reason: unknown,
  order: string[],
): Promise<string[]> {
  const late = new Promise<string[]>((resolve) => setTimeout(() => resolve([...order]), 50));
  const startedAt = performance.now();
  abort.abort(reason);
  while (performance.now() - startedAt <= 51);
  return late;
}
