import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { orAborted, within } from '../../../src/local/abort';

it('a time limit outlives a garbage collection', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const waited = orAborted(new Promise(() => undefined), within(200, new AbortController().signal));
  waited.catch(() => undefined);
  await new Promise(setImmediate); // what made the limit has left the stack
  collectGarbage();
  await expect(waited).rejects.toThrow('timeout');
});
