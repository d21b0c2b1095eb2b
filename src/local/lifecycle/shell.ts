import type { Lifecycle } from './lifecycle';

/** What runs commands unless another shell is asked for; the SDKs always name it. */
export const defaultShell = '/bin/bash';
const standardShell = '/bin/sh';

/** The shell to run a command line with: the one asked for, `/bin/sh` in place of a missing default, or none. */
export async function findShell(
  lifecycle: Lifecycle,
  container: string,
  asked: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (!asked.startsWith('/') || (await isThere(lifecycle, container, asked, signal))) return asked;
  return asked === defaultShell ? findStandardShell(lifecycle, container, signal) : undefined;
}

/** `/bin/sh`, where the image has it. */
export async function findStandardShell(
  lifecycle: Lifecycle,
  container: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  return (await isThere(lifecycle, container, standardShell, signal)) ? standardShell : undefined;
}

/** For a container that is gone. */
export function forgetShells({ knownShells }: Pick<Lifecycle, 'knownShells'>, container: string): void {
  for (const shell of knownShells) if (shell.startsWith(`${container}:`)) knownShells.delete(shell);
}

/** Only what was found is remembered: a missing shell may be installed. */
async function isThere(
  { engine, knownShells }: Lifecycle,
  container: string,
  path: string,
  signal: AbortSignal,
): Promise<boolean> {
  const key = `${container}:${path}`;
  if (knownShells.has(key)) return true;
  const stat = await engine.statPath(container, path, signal);
  if (!stat || stat.isDirectory) return false;
  knownShells.add(key);
  return true;
}
