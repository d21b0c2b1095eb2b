import { Transform, type Readable } from 'node:stream';

/** Bytes in which the pid is looked for. */
const farthest = 1024;
const pidLine = /^(\d{1,10})\r?\n/m;

export interface Announced {
  /** The stream without the line of the pid. */
  rest: Readable;
  /** Undefined when no pid was told. */
  pid: Promise<number | undefined>;
}

/**
 * Takes the line off a process's stderr or terminal on which it tells its pid inside the container: the first one that
 * is a number. A shell may have to say something before, as that it does not know the locale. For processes that
 * announce themselves alone: what they say is held back until then.
 */
export function announcedPid(output: Readable): Announced {
  let settle: (pid: number | undefined) => void = () => undefined;
  const pid = new Promise<number | undefined>((resolve) => (settle = resolve));
  let head: Buffer | undefined = Buffer.alloc(0);

  const rest = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!head) {
        done(null, chunk);
        return;
      }
      head = Buffer.concat([head, chunk]);
      const line = pidLine.exec(head.toString('latin1', 0, farthest));
      if (!line && head.length < farthest) {
        done();
        return;
      }
      settle(line ? Number(line[1]) : undefined);
      const said = head;
      head = undefined;
      done(null, line ? without(said, line.index, line[0].length) : said);
    },
    flush(done) {
      settle(undefined);
      done(null, head);
    },
    destroy(error, done) {
      settle(undefined);
      done(error);
    },
  });
  rest.on('error', () => undefined); // who reads it learns it there; nobody may
  output.once('error', (error) => rest.destroy(error));
  rest.once('close', () => output.destroy());
  return { rest: output.pipe(rest), pid };
}

function without(bytes: Buffer, at: number, length: number): Buffer {
  return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
}
