import { until } from './until';

/** What a stream has given so far. It is read from the first byte on, so nothing is missed between two looks. */
export interface Collected {
  text(): string;
  /** All so far, as soon as it contains these words. */
  upTo(words: string): Promise<string>;
}

export function collected(stream: NodeJS.ReadableStream): Collected {
  const parts: Buffer[] = [];
  stream.on('data', (part: Buffer) => parts.push(part));
  const text = (): string => Buffer.concat(parts).toString();
  return {
    text,
    upTo: (words) => until(`"${words}"`, () => (text().includes(words) ? text() : undefined)),
  };
}
