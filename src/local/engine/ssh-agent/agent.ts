import { EngineError } from '../engine-error';
import { elfExecutable } from '../init/executable';
import { agentMachineCode } from './machine-code';

/** Where it lies in every container. The number changes with what it speaks: an older container gets it added. */
export const agentPath = '/.langsmith-sandbox/agent-1';

/**
 * A program that stands in a sandbox for the SSH agent of somebody outside, and needs nothing of the image: it listens
 * on the socket its argument names, which its own user alone may use, and hands on what is said there.
 *
 * On stdin and stdout it speaks frames: a channel and a length, little-endian int32 each, and as many bytes. First it
 * says on channel 0 with no length that it listens, or a negative errno, and ends then. Each connection is a channel
 * from 1 on, never used again: a length above 0 and bytes of the connection, either way; 0 from stdin closes it, and it
 * says 0 once of each that is over. A frame for a channel that is over changes nothing. The end of stdin ends it, and so do ten minutes in which nothing is said on
 * either side; it takes its socket away then.
 */
export function agentExecutable(architecture: string): Buffer {
  const built = agentMachineCode[architecture];
  if (!built) throw new EngineError('other', `There is no SSH agent for ${architecture}.`);
  return elfExecutable(built.elfMachine, Buffer.from(built.code, 'base64'));
}
