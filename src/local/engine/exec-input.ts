import { Writable, type Duplex } from 'node:stream';

/** The writing half of an exec's connection. Its end is the process's end of input, and leaves the reading half. */
export function execInput(socket: Duplex): Writable {
  const input = new Writable({
    // A process that ended, or closed its stdin, reads no more: its exit code says how it went.
    write: (chunk: Buffer, _encoding, done) => void socket.write(chunk, () => done()),
    final: (done) => void socket.end(() => done()),
  });
  // An end that waits for a reader who is gone would wait for ever.
  socket.once('close', () => input.destroy());
  return input;
}
