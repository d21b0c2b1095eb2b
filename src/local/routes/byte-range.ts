import type { FilePart } from '../lifecycle/file-part';

/**
 * What a `Range` header asks of a resource of this size: `all` for none, for several and for what is no byte range
 * (RFC 9110 lets a server ignore them), `beyond` for one that starts past the end.
 */
export function byteRange(header: string | null, size: number): FilePart | 'all' | 'beyond' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return 'all';
  const [first, last] = [match[1], match[2]].map((text) => (text ? Number(text) : undefined));
  if (first === undefined) {
    const length = Math.min(last ?? 0, size);
    return length === 0 ? 'beyond' : { start: size - length, end: size - 1 };
  }
  if (last !== undefined && last < first) return 'all';
  if (first >= size) return 'beyond';
  return { start: first, end: Math.min(last ?? size - 1, size - 1) };
}
