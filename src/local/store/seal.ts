import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Secret } from '../../api/secret';

/** Bytes: what `--seal-key-stdin` and the key file hold. */
export const sealKeyBytes = 32;

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts a secret for the store: AES-256-GCM, a fresh nonce each time.
 * `owner` is bound in: what was sealed for one row can't be opened as another's.
 * Layout: version (1 byte), nonce, tag, ciphertext.
 */
export function seal(key: Uint8Array, owner: string, secret: Secret): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([version]), nonce, cipher.getAuthTag(), sealed]);
}

/** Undefined when another key sealed it, for another owner, or the bytes were altered. */
export function unseal(key: Uint8Array, owner: string, sealed: Uint8Array): Secret | undefined {
  const bytes = Buffer.from(sealed);
  const textStart = 1 + nonceBytes + tagBytes;
  if (bytes.length < textStart || bytes[0] !== version) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, 1 + nonceBytes))
    .setAAD(Buffer.from(owner))
    .setAuthTag(bytes.subarray(1 + nonceBytes, textStart));
  try {
    const text = Buffer.concat([decipher.update(bytes.subarray(textStart)), decipher.final()]);
    return new Secret(text.toString('utf8'));
  } catch {
    return undefined;
  }
}
