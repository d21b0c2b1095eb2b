/** Without the white space that all its lines begin with: what is indented in its file would not run by itself. */
export function withoutMargin(text: string): string {
  const lines = text.split('\n');
  const margins = lines.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const [shortest = ''] = margins.sort((one, other) => one.length - other.length);
  if (!margins.every((margin) => margin.startsWith(shortest))) return text;
  return lines
    .map((line) => (line.startsWith(shortest) ? line.slice(shortest.length) : line.trimStart()))
    .join('\n');
}
