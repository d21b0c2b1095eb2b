/**
 * Where a caller reaches this server, as it names it itself (its Host header, already found to be ours), so that URLs
 * of programs lead back here from another machine too. Pages of browsers stay below `localhost`: names below others
 * resolve nowhere as a rule. Who calls by loopback is given `own`, `http://127.0.0.1:PORT`.
 */
export function endpointFor(host: string, own: string): string {
  const { hostname, origin } = new URL(`http://${host}`);
  return isThisMachineOnly(hostname) ? own : origin;
}

function isThisMachineOnly(hostname: string): boolean {
  return /^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|0\.0\.0\.0|\[::1?\])$/.test(hostname);
}
