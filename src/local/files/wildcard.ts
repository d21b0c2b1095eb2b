type Letter = 'any' | ((letter: string) => boolean);

/** A test for one part of a path, from a pattern with `*`, `?`, `[..]` and backslashes. */
export function wildcard(pattern: string): (part: string) => boolean {
  const letters = parse(Array.from(pattern));
  return (part) => fits(letters, Array.from(part));
}

/** The same walk as over whole paths: back to the last `*` only. */
function fits(pattern: Letter[], letters: string[]): boolean {
  let [at, letter] = [0, 0];
  let retry: { at: number; letter: number } | undefined;
  while (letter < letters.length) {
    const current = pattern[at];
    if (current === 'any') {
      retry = { at: ++at, letter };
    } else if (current?.(letters[letter] ?? '')) {
      at++;
      letter++;
    } else if (retry) {
      at = retry.at;
      letter = ++retry.letter;
    } else return false;
  }
  return pattern.slice(at).every((each) => each === 'any');
}

function parse(letters: string[]): Letter[] {
  const parsed: Letter[] = [];
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? '';
    const set = letter === '[' ? letterSet(letters, at) : undefined;
    if (set) {
      parsed.push(set.test);
      at = set.end;
    } else if (letter === '*') parsed.push('any');
    else if (letter === '?') parsed.push(() => true);
    else {
      const wanted = letter === '\\' ? (letters[++at] ?? letter) : letter;
      parsed.push((each) => each === wanted);
    }
  }
  return parsed;
}

/** `[abc]`, `[a-z]`, `[!abc]`, `[^abc]`; a `]` that comes first is a letter. Undefined without an end. */
function letterSet(
  letters: string[],
  start: number,
): { test: (letter: string) => boolean; end: number } | undefined {
  const isNegated = letters[start + 1] === '!' || letters[start + 1] === '^';
  const first = start + (isNegated ? 2 : 1);
  const end = letters.indexOf(']', first + 1);
  if (end < 0) return undefined;
  const ranges: [from: string, to: string][] = [];
  for (let at = first; at < end; at++) {
    const from = letters[at] ?? '';
    const isRange = letters[at + 1] === '-' && at + 2 < end;
    ranges.push([from, isRange ? (letters[at + 2] ?? from) : from]);
    if (isRange) at += 2;
  }
  const isIn = (letter: string): boolean => ranges.some(([from, to]) => from <= letter && letter <= to);
  return { test: (letter) => isIn(letter) !== isNegated, end };
}
