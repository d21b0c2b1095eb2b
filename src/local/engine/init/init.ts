import { EngineError } from '../engine-error';
import { elfExecutable } from './executable';
import { machineCode } from './machine-code';

/** Where process 1 lies in every container. */
export const initPath = '/.langsmith-sandbox/init';

/**
 * The program: reaps orphans, ends at once on SIGTERM or SIGINT, otherwise sleeps. Needs nothing of the image.
 * Throws EngineError for an architecture it isn't written for.
 */
export function initExecutable(architecture: string): Buffer {
  const assembled = machineCode[architecture];
  if (!assembled) {
    const known = Object.keys(machineCode).join(' or ');
    throw new EngineError('other', `Sandboxes need an engine on ${known}; this one runs on ${architecture}.`);
  }
  return elfExecutable(assembled.elfMachine, Buffer.from(assembled.code, 'base64'));
}
