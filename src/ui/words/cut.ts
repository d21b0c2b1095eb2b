/** A long text cut in the middle, where names differ least. */
export function cutMiddle(text: string, longest = 40): string {
  if (text.length <= longest) return text;
  const kept = longest - 1;
  const head = Math.ceil(kept / 2);
  return `${text.slice(0, head)}…${text.slice(text.length - (kept - head))}`;
}
