const replaced = '\uFFFD';

/**
 * How far one output stream has been read, in the server's bytes.
 * A server counts raw bytes, but sends text in which an invalid one stands as U+FFFD (three bytes in UTF-8). Where such text
 * ends is not known, so it is asked for again from its start, and what was already given is taken off the repetition.
 */
export class StreamPosition {
  #next: number;
  /** Text given from `#next` on, whose length in the server's bytes is not known. */
  #given = '';
  /** What a repetition is expected to start with. */
  #skip = '';
  #isResumed = true;

  constructor(start = 0) {
    this.#next = start;
  }

  /** Where to go on after a broken connection. */
  resume(): number {
    this.#isResumed = true;
    this.#skip = this.#given;
    return this.#next;
  }

  /** Bytes that lie before a frame at `offset` and will never come: where it went on, the server kept no more of them. */
  missing(offset: number): number {
    if (!this.#isResumed) return 0;
    this.#isResumed = false;
    return Math.max(0, offset - this.#next);
  }

  /** What of a frame has not been given yet. */
  accept(data: string, offset: number): string {
    const fresh = this.#fresh(data, offset);
    if (data.includes(replaced)) {
      this.#next = offset;
      this.#given = data + this.#skip;
    } else {
      const end = offset + Buffer.byteLength(data);
      this.#next = this.#given === '' ? Math.max(this.#next, end) : end;
      this.#given = this.#skip;
    }
    return fresh;
  }

  #fresh(data: string, offset: number): string {
    const skip = this.#skip;
    if (skip !== '') {
      this.#skip = skip.startsWith(data) ? skip.slice(data.length) : '';
      if (skip.startsWith(data)) return '';
      return data.startsWith(skip) ? data.slice(skip.length) : data;
    }
    const overlap = this.#given === '' ? this.#next - offset : 0;
    return overlap > 0 ? Buffer.from(data).subarray(overlap).toString() : data;
  }
}
