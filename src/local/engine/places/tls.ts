import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { TlsCredentials } from '../address';
import { errorCode } from '../http/connection-failure';
import type { TlsFolder } from './place';

/** Undefined for a plain connection. Rejects when a file is there and can't be read. */
export async function readTls(folder: TlsFolder): Promise<TlsCredentials | undefined> {
  const [ca, cert, key] = await Promise.all(
    ['ca.pem', 'cert.pem', 'key.pem'].map((name) => readIfThere(path.join(folder.path, name))),
  );
  if (folder.isOptional && ca === undefined && cert === undefined) return undefined;
  return { ca, cert, key, isServerVerified: folder.isServerVerified };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
