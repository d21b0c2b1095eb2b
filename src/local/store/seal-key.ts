import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { sealKeyBytes } from './seal';

/** A key that is not 32 bytes of base64. `message` says what to do. */
export class SealKeyError extends Error {
  override readonly name = 'SealKeyError';
}

/**
 * The key of a server without a parent that keeps one: a file only its owner can read, made on first use.
 * It appears whole or not at all. The caller holds the data directory's instance lock.
 */
export function sealKeyFromFile(file: string): Uint8Array {
  try {
    return decodeKey(
      readFileSync(file, 'utf8'),
      `Remove ${file}, and enter the registry passwords and the secrets of proxy rules again.`,
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const key = randomBytes(sealKeyBytes);
  const draft = `${file}.${process.pid}`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, `${key.toString('base64')}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
  return key;
}

/** Reads one base64 line. Rejects with SealKeyError, also when none comes before the signal aborts. */
export async function sealKeyFromStdin(stdin: Readable, signal: AbortSignal): Promise<Uint8Array> {
  const advice = 'With --seal-key-stdin, write 32 bytes as one base64 line to standard input.';
  const line = await firstLine(stdin, signal).catch(() => undefined);
  if (line === undefined) throw new SealKeyError(advice);
  return decodeKey(line, advice);
}

/** Longer than 32 bytes in base64, with room for line ends. */
const longestLine = 256;

async function firstLine(stdin: Readable, signal: AbortSignal): Promise<string | undefined> {
  const abort = (): void => void stdin.destroy();
  signal.addEventListener('abort', abort, { once: true });
  let text = '';
  try {
    for await (const chunk of stdin) {
      text += String(chunk);
      if (text.includes('\n')) return text.slice(0, text.indexOf('\n'));
      if (text.length > longestLine) return undefined;
    }
    return signal.aborted ? undefined : text;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function decodeKey(line: string, advice: string): Uint8Array {
  const key = Buffer.from(line.trim(), 'base64');
  if (key.length !== sealKeyBytes)
    throw new SealKeyError(`The sealing key is not ${sealKeyBytes} bytes. ${advice}`);
  return key;
}
