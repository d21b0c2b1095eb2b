const steadyMs = 10_000;
const mostInARow = 3;

/** Knows a local server that goes away again and again soon after it was found: it is not looked for without end. */
export class QuickLosses {
  /** Epoch milliseconds. */
  #foundAt = 0;
  #count = 0;

  found(): void {
    this.#foundAt = Date.now();
  }

  /** Counts one more loss; true when it is one too many. */
  lost(): boolean {
    this.#count = Date.now() - this.#foundAt < steadyMs ? this.#count + 1 : 0;
    return this.#count > mostInARow;
  }
}
