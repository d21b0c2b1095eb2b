/**
 * A command line whose program the kernel ends, by SIGTERM, with the process that starts it, however that one ends.
 * Linux only; elsewhere the command line is as it was.
 * @param {string} command
 * @param {string[]} args
 * @returns {[string, string[]]}
 */
export function boundToParent(command, args) {
  return process.platform === 'linux'
    ? ['setpriv', ['--pdeathsig', 'TERM', command, ...args]]
    : [command, args];
}
