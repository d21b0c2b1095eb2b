/** What both clients give of a command's output. */
interface Chunk {
  stream: 'stdout' | 'stderr';
  data: string;
  /** In bytes, of its start in its stream. */
  offset: number;
}

/** All that a command has said. */
export interface Heard {
  stdout: string;
  stderr: string;
  /** Each chunk began where the one before it ended. */
  isWhole: boolean;
}

/** Reads the output of a command as it comes. */
export interface Listening {
  /** Resolves when standard output ends so. */
  until(words: string): Promise<void>;
  toTheEnd(): Promise<Heard>;
}

/** `from`: bytes of standard output that are not told again. */
export function listenTo(chunks: AsyncIterable<Chunk>, from = 0): Listening {
  const iterator = chunks[Symbol.asyncIterator]();
  const heard: Heard = { stdout: '', stderr: '', isWhole: true };
  const next = { stdout: from, stderr: 0 };
  const step = async (): Promise<boolean> => {
    const result = await iterator.next();
    if (result.done) return false;
    const { stream, data, offset } = result.value;
    heard[stream] += data;
    heard.isWhole &&= offset === next[stream];
    next[stream] += Buffer.byteLength(data);
    return true;
  };
  return {
    until: async (words) => {
      while (!heard.stdout.endsWith(words)) {
        if (!(await step())) throw new Error(`It ended without ${words}: ${JSON.stringify(heard)}`);
      }
    },
    toTheEnd: async () => {
      while (await step());
      return heard;
    },
  };
}
