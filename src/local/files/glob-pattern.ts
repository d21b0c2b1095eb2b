import { wildcard } from './wildcard';

export interface GlobPattern {
  /** Whether a path, relative to where the search begins, fits. */
  matches: (path: string) => boolean;
  /** Parts that a fitting path has at most. */
  mostParts: number;
}

/**
 * A pattern of the wire: `*`, `?` and `[..]` stay within one part of a path, `**` stands for any number of parts, none
 * included; a backslash takes a letter as it is. Names that begin with a dot fit like all others (assumed: the wire says
 * nothing of them). Own code, as patterns made into regular expressions can take years on a name made for it; here the
 * time grows with the lengths of both at most.
 */
export function globPattern(pattern: string): GlobPattern {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  const tests = parts.map((part) => (part === '**' ? ('any' as const) : wildcard(part)));
  return {
    matches: (path) => fits(tests, path.split('/')),
    mostParts: tests.includes('any') ? Infinity : tests.length,
  };
}

/**
 * As `globPattern`, for grep: what has no slash and no `**` is meant for the last part of a path, at any depth.
 */
export function fileFilter(pattern: string): (path: string) => boolean {
  const isName = !pattern.includes('/') && !pattern.includes('**');
  return globPattern(isName ? `**/${pattern}` : pattern).matches;
}

/** Goes back to the last `any` only: what an earlier one could take instead, the last one can as well. */
function fits(tests: ('any' | ((part: string) => boolean))[], parts: string[]): boolean {
  let [test, part] = [0, 0];
  let retry: { test: number; part: number } | undefined;
  while (part < parts.length) {
    const current = tests[test];
    if (current === 'any') {
      retry = { test: ++test, part };
    } else if (current?.(parts[part] ?? '')) {
      test++;
      part++;
    } else if (retry) {
      test = retry.test;
      part = ++retry.part;
    } else return false;
  }
  return tests.slice(test).every((each) => each === 'any');
}
