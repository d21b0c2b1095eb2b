import type { Duplex } from 'node:stream';

/** Makes two connections one. Each way ends by itself; where one breaks off, so does the other. */
export function join(one: Duplex, other: Duplex): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => undefined); // its close tells it
    from.once('close', () => {
      // What it was given in full may still be on its way through the other one.
      if (!from.readableEnded || !from.writableFinished) to.destroy();
    });
    if (from.destroyed) to.destroy();
    else from.pipe(to);
  }
}
