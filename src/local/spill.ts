import { randomUUID } from 'node:crypto';
import { open, rm, statfs, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { createBell } from './bell';

/** Between two looks at how much room is left. */
const lookBytes = 64 * 1024 * 1024;
const readBytes = 256 * 1024;

/** What is taken from a stream into a file of the server's own, as fast as it comes. */
export interface Spill {
  /** All that was taken, in order, until the stream ends or the disk takes no more of it. Throws what the stream threw. */
  read(): AsyncGenerator<Buffer, void>;
  /** Takes the file away when the stream has ended. */
  remove(): Promise<void>;
}

/** Begins at once. `reserveBytes` of the disk are left for everything else. */
export function createSpill(chunks: AsyncIterator<Buffer>, folder: string, reserveBytes: number): Spill {
  const file = path.join(folder, randomUUID());
  const bell = createBell();
  let handle: FileHandle | undefined;
  let written = 0;
  let unwritten: Buffer = Buffer.alloc(0);
  let looksAt = 0;
  let isOver = false;

  const hasRoom = async (): Promise<boolean> => {
    if (written < looksAt) return true;
    looksAt = written + lookBytes;
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize > reserveBytes + lookBytes;
  };
  const write = async (into: FileHandle): Promise<void> => {
    while (unwritten.length > 0) {
      const { bytesWritten } = await into.write(unwritten, 0, unwritten.length, written);
      written += bytesWritten;
      unwritten = unwritten.subarray(bytesWritten);
    }
    bell.ring();
  };
  const isTaken = (step: Promise<unknown>): Promise<boolean> =>
    step.then(
      (answer) => answer !== false,
      () => false, // by the disk: the stream is then read on by whoever read it before
    );
  const fill = async (): Promise<void> => {
    const into = (handle = await open(file, 'wx+', 0o600).catch(() => undefined));
    while (into && (await isTaken(hasRoom()))) {
      const next = await chunks.next();
      if (next.done) return;
      unwritten = next.value;
      if (!(await isTaken(write(into)))) return;
    }
  };
  const filled = fill().finally(() => {
    isOver = true;
    bell.ring();
  });
  filled.catch(() => undefined); // `read` tells it

  async function* read(): AsyncGenerator<Buffer, void> {
    for (let at = 0; ;) {
      const changed = bell.next();
      if (handle && at < written) {
        const length = Math.min(readBytes, written - at);
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, at);
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      } else if (isOver) break;
      else await changed;
    }
    await filled;
    if (unwritten.length > 0) yield unwritten;
  }
  return {
    read,
    remove: async () => {
      await filled.catch(() => undefined);
      await handle?.close();
      await rm(file, { force: true });
    },
  };
}
