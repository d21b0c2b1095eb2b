import { quoted } from '../quoted';

/** By the editor's ids of languages: what runs a file of it, likeliest first; the first that is there is taken. */
const interpreters: Readonly<Record<string, readonly string[]>> = {
  python: ['python3', 'python'],
  javascript: ['node', 'bun', 'deno run -A'],
  javascriptreact: ['bun', 'tsx'],
  typescript: ['tsx', 'bun', 'deno run -A', 'ts-node', 'node --experimental-strip-types'],
  typescriptreact: ['tsx', 'bun'],
  shellscript: ['bash', 'sh'],
  powershell: ['pwsh'],
  ruby: ['ruby'],
  perl: ['perl'],
  php: ['php'],
  r: ['Rscript'],
  lua: ['lua', 'luajit'],
  julia: ['julia'],
  go: ['go run'],
  java: ['java'],
  awk: ['awk -f'],
};

/**
 * The line that runs a file that lies in a sandbox; undefined when nothing says how. A first line that names its
 * interpreter (`#!`) goes before the language.
 */
export function lineToRun(file: string, languageId: string, text: string): string | undefined {
  const path = quoted(file);
  if (text.startsWith('#!')) return `chmod +x ${path} && exec ${path}`;
  const candidates = interpreters[languageId];
  if (!candidates) return undefined;
  const tries = candidates.map((candidate) => {
    const [program = ''] = candidate.split(' ');
    return `if command -v ${program} >/dev/null 2>&1; then exec ${candidate} ${path}; fi`;
  });
  const names = candidates.map((candidate) => candidate.split(' ')[0]).join(', ');
  return [
    ...tries,
    `echo ${quoted(`There is none of these in the sandbox: ${names}.`)} >&2`,
    'exit 127',
  ].join('\n');
}
