/** Looked at so often, so that a server ends at most this much late. */
const lookMs = 1000;

/**
 * Calls `end` once when nothing has used the server for `seconds` on end. Gives the way to call it off.
 * `inUse` tells of leases, requests and work in transition.
 */
export function endWhenUnused(seconds: number, inUse: () => boolean, end: () => void): () => void {
  let lastUse = Date.now();
  const timer = setInterval(
    () => {
      if (inUse()) lastUse = Date.now();
      if (Date.now() - lastUse < seconds * 1000) return;
      clearInterval(timer);
      end();
    },
    Math.min(lookMs, seconds * 250),
  ).unref();
  return () => clearInterval(timer);
}
