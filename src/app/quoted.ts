/** One argument for a POSIX shell, in single quotes, between which it reads nothing but their end. */
export function quoted(argument: string): string {
  return `'${argument.replaceAll("'", `'\\''`)}'`;
}
