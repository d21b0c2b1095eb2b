import { Readable } from 'node:stream';
import tar from 'tar-stream';
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

/** A tar for `/` that holds the program, executable for every user. */
export function initArchive(architecture: string): Readable {
  const executable = initExecutable(architecture);
  const [, folder = '', file = ''] = initPath.split('/');
  const attributes = { uid: 0, gid: 0, mode: 0o755, mtime: new Date(0) };
  const pack = tar.pack();
  pack.entry({ ...attributes, name: folder, type: 'directory' });
  pack.entry({ ...attributes, name: `${folder}/${file}` }, executable);
  pack.finalize();
  return Readable.from(pack);
}
