import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Kilobytes that this process's objects take once what nothing holds is gone. */
export async function heapKilobytes(): Promise<number> {
  await collected();
  return Math.round(process.memoryUsage().heapUsed / 1024);
}

/** The same of its buffers. */
export async function bufferKilobytes(): Promise<number> {
  await collected();
  return Math.round(process.memoryUsage().arrayBuffers / 1024);
}

async function collected(): Promise<void> {
  for (let round = 0; round < 3; round++) {
    collect();
    // What was waiting for its own end lets go of its objects only then.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
