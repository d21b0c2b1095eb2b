import { Transform, type Readable } from 'node:stream';

/** A pid and its line end are far shorter. */
const longestLine = 32;

export interface Announced {
  /** The stream behind the first line. */
  rest: Readable;
  /** Undefined when the first line was not a pid: it is then part of `rest`, as is everything else. */
  pid: Promise<number | undefined>;
}

/** Takes the first line off a process's stderr or terminal, on which it tells its pid inside the container. */
export function announcedPid(output: Readable): Announced {
  let settle: (pid: number | undefined) => void = () => undefined;
  const pid = new Promise<number | undefined>((resolve) => (settle = resolve));
  let head: Buffer | undefined = Buffer.alloc(0);

  const rest = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      head = head && Buffer.concat([head, chunk]);
      if (head && head.length < longestLine && !head.includes('\n')) {
        done();
        return;
      }
      const line = head && /^(\d+)\r?\n/.exec(head.toString('latin1', 0, longestLine));
      if (head) settle(line ? Number(line[1]) : undefined);
      const behind = (head ?? chunk).subarray(line?.[0].length ?? 0);
      head = undefined;
      done(null, behind);
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
