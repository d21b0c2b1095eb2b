import { markName } from '../command-mark';

/**
 * For `/bin/sh -c`, with the server's run as `$1`: tells its pid on stderr when it waits, then reads one line and does
 * what that says. Shells read a line of a pipe byte by byte, so what lies behind it is left to the command. It ends
 * with its stdin: no server's death leaves one behind.
 */
export const waitingScript = `langsmith_line_end='\n'; echo $$ >&2; IFS= read -r langsmith_line && eval "$langsmith_line"`;

export interface CommandOrder {
  argv: string[];
  env: Record<string, string>;
  workDir: string;
  /** Whether what follows the line is its stdin; otherwise that is empty. */
  stdin: boolean;
}

/** In bytes: a system call each. */
const longestLine = 8 * 1024;
const variableName = /^[A-Za-z_][A-Za-z0-9_]*$/;
/** What shells set themselves, refuse to have set, or warn of: a warning would come before the pid. */
const shellsOwn =
  /^(?:_|PWD|OLDPWD|SHLVL|PPID|E?UID|IFS|ENV|LINENO|OPT(?:ARG|IND|ERR)|PS[1-4]|SHELLOPTS|POSIXLY_CORRECT|BASH.*|LANG|LC_.*|langsmith_.*)$/;

/**
 * The line that makes a waiting shell become a command: in everything that the command can see, as if the engine had
 * started it so. It tells its pid once more right before: until then nothing of the command has run. Undefined for
 * what takes too long to read, or what a shell can't be told.
 */
export function orderLine({ argv, env, workDir, stdin }: CommandOrder): string | undefined {
  const variables = Object.entries(env);
  if (variables.some(([name]) => !variableName.test(name) || shellsOwn.test(name))) return undefined;
  if (!workDir.startsWith('/')) return undefined;
  const exports = variables.map(([name, value]) => `${name}=${quoted(value)}`);
  const line = [
    `cd -- ${quoted(workDir)} 2>/dev/null || exit`,
    'unset OLDPWD',
    ['export', ...exports, `${markName}="$1.$$"`].join(' '),
    ...(stdin ? [] : ['exec </dev/null']),
    'echo $$ >&2',
    ['exec', ...argv.map(quoted)].join(' '),
  ].join('; ');
  return line.length < longestLine ? `${line}\n` : undefined;
}

/** A word of a shell's line, without a line end, in ASCII: what older shells make of other bytes is not sure. */
function quoted(text: string): string {
  if (/^[\t\x20-\x7e\n]*$/.test(text)) {
    return `'${text.replaceAll("'", `'\\''`).replaceAll('\n', `'"$langsmith_line_end"'`)}'`;
  }
  const body = text.replace(/\n+$/, ''); // which the shell takes off what a command gives
  const escaped = Buffer.from(body)
    .toString('latin1')
    .replace(/[^\w ./:=,+-]/g, octal);
  return `"$(printf '${escaped}')${'$langsmith_line_end'.repeat(text.length - body.length)}"`;
}

function octal(byte: string): string {
  return `\\${byte.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
