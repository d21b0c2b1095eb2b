import { elfExecutable } from '../init/executable';
import { EngineError } from '../engine-error';
import { relayMachineCode } from './machine-code';

/** Where it lies in every container. The number changes with what it speaks: an older container gets it added. */
export const relayPath = '/.langsmith-sandbox/relay-1';

/**
 * A program that reaches ports of the sandbox it runs in, one connection after another, and needs nothing of the image.
 *
 * It reads frames from stdin, each a little-endian int32 and what belongs to it: first a port (two bytes in network
 * order, two zeros), which it dials on 127.0.0.1 and then on ::1; then pieces for the connection (their length, then
 * the bytes), 0 for the end of what is sent; at last -1, which closes the connection, after which the next port may
 * come. A port that can't be reached changes nothing of this: its pieces are dropped.
 *
 * It answers on stdout in the same form: first 0 for "connected" or a negative errno; after a 0 the pieces that come
 * from the connection, then 0 for their end or a negative errno. -1 may be sent only after that last word, or after a
 * failure to connect. The end of stdin ends it, the connection included.
 */
export function relayExecutable(architecture: string): Buffer {
  const assembled = relayMachineCode[architecture];
  if (!assembled) throw new EngineError('other', `There is no relay for ${architecture}.`);
  return elfExecutable(assembled.elfMachine, Buffer.from(assembled.code, 'base64'));
}
