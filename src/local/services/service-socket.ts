import type { Duplex } from 'node:stream';

/** Time for the other side to end its way, too. */
const endLimitMs = 2_000;

/** Ends it as one who has all he wanted, so that its relay can be used again. */
export function endSoon(stream: Duplex): void {
  stream.end().resume();
  const timer = setTimeout(() => stream.destroy(), endLimitMs).unref();
  stream.once('close', () => clearTimeout(timer));
}

/** Adds what node:http asks of a connection besides being a stream. Most of it means nothing to a relay. */
export function asSocket(stream: Duplex): Duplex {
  const same = (): Duplex => stream;
  stream.allowHalfOpen = false;
  const ignored = { setTimeout: same, setNoDelay: same, setKeepAlive: same, ref: same, unref: same };
  return Object.assign(stream, ignored, { destroySoon: () => endSoon(stream) });
}
