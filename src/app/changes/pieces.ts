const mostPaths = 500;
/** Far below what Linux lets a program be given. */
const mostLetters = 60_000;

/** As many paths at once as one command bears. */
export function inPieces(paths: readonly string[]): string[][] {
  const pieces: string[][] = [];
  let letters = Infinity;
  for (const path of paths) {
    const last = pieces.at(-1);
    if (last && last.length < mostPaths && letters + path.length <= mostLetters) {
      last.push(path);
      letters += path.length;
    } else {
      pieces.push([path]);
      letters = path.length;
    }
  }
  return pieces;
}
