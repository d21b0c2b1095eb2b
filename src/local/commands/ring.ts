const firstBytes = 4096;

/** The newest bytes of a stream. Offsets count from the stream's first byte. */
export interface Ring {
  /** Of the oldest byte that is kept. */
  readonly start: number;
  /** Behind the newest. */
  readonly end: number;
  /** Pushes out the oldest where there is no room. */
  append(bytes: Buffer): void;
  /** A copy of at most `most` bytes from `offset` on, which lies between `start` and `end`. */
  read(offset: number, most: number): Buffer;
  /** Takes no more memory than what it holds; with further bytes it grows again. */
  trim(): void;
}

/** Takes memory as it fills, `capacity` bytes at most. */
export function createRing(capacity: number): Ring {
  let store = Buffer.alloc(0);
  let start = 0;
  let end = 0;

  const read: Ring['read'] = (offset, most) => {
    const length = Math.min(most, end - offset);
    const copy = Buffer.alloc(length);
    if (length === 0) return copy;
    const at = offset % store.length;
    const first = store.copy(copy, 0, at, Math.min(at + length, store.length));
    store.copy(copy, first, 0, length - first);
    return copy;
  };
  const resize = (length: number): void => {
    const kept = read(start, end - start);
    store = Buffer.alloc(length);
    if (kept.length > 0) put(kept, start);
  };
  const grow = (wanted: number): void => {
    if (store.length >= wanted || store.length === capacity) return;
    resize(Math.min(capacity, Math.max(wanted, store.length * 2, firstBytes)));
  };
  const put = (bytes: Buffer, offset: number): void => {
    const at = offset % store.length;
    const first = bytes.copy(store, at);
    bytes.copy(store, 0, first);
  };
  const append: Ring['append'] = (bytes) => {
    if (bytes.length === 0) return;
    grow(end - start + bytes.length);
    const newest = bytes.subarray(Math.max(0, bytes.length - store.length));
    put(newest, end + bytes.length - newest.length);
    end += bytes.length;
    start = Math.max(start, end - store.length);
  };
  return {
    get start() {
      return start;
    },
    get end() {
      return end;
    },
    append,
    read,
    trim: () => resize(end - start),
  };
}
