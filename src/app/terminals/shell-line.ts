/** For any image that has a shell. Of the user who runs it, as far as the image tells; else the first that is there. */
const usual = 'if command -v bash >/dev/null 2>&1; then exec bash; else exec sh; fi';

/** `asked`: a command line of the user's own, such as `/bin/zsh -l`; empty for the image's usual shell. */
export function shellLine(asked: string): string {
  const own = asked.trim();
  return own === '' ? usual : `exec ${own}`;
}
