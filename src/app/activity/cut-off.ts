/** Nothing on the server tells of it: the window ended before its request was taken, or before that was seen. */
export class CutOffError extends Error {
  override readonly name = 'CutOffError';

  constructor() {
    super('The window that began it ended before the answer came.');
  }
}
