/** When this window used which sandbox last: what is typed into a terminal and said by it, files read and written. */
export class Uses {
  readonly #at = new Map<string, number>();

  touch(boxId: string, now = Date.now()): void {
    this.#at.set(boxId, now);
  }

  /** In epoch milliseconds. */
  of(boxId: string): number | undefined {
    return this.#at.get(boxId);
  }
}
