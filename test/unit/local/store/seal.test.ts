import { randomBytes } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../src/api/secret';
import { seal, unseal } from '../../../../src/local/store/seal';
import { sealKeyFromFile, sealKeyFromStdin } from '../../../../src/local/store/seal-key';
import { temporaryFolder } from '../fixture/temporary-folder';

const key = randomBytes(32);
const password = new Secret('s3cret-pässword');

describe('a sealed password', () => {
  it('opens with its key for its owner', () => {
    expect(unseal(key, 'registry-1', seal(key, 'registry-1', password))?.reveal()).toBe('s3cret-pässword');
  });

  it('is different each time, and does not show the password', () => {
    const [one, two] = [seal(key, 'r', password), seal(key, 'r', password)];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
    expect(Buffer.from(one).includes('s3cret')).toBe(false);
  });

  it('does not open with another key, for another owner, or when a byte was changed', () => {
    const sealed = seal(key, 'r', password);
    expect(unseal(randomBytes(32), 'r', sealed)).toBeUndefined();
    expect(unseal(key, 'other', sealed)).toBeUndefined();
    for (const at of [0, 5, 20, sealed.length - 1]) {
      const altered = Buffer.from(sealed);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      expect(unseal(key, 'r', altered)).toBeUndefined();
    }
    expect(unseal(key, 'r', new Uint8Array(3))).toBeUndefined();
  });
});

describe('the key file', () => {
  it('is made once, for its owner only', () => {
    const file = path.join(temporaryFolder(), 'seal.key');
    const made = sealKeyFromFile(file);
    expect(made).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(Buffer.from(sealKeyFromFile(file)).equals(Buffer.from(made))).toBe(true);
    expect(Buffer.from(readFileSync(file, 'utf8'), 'base64').equals(Buffer.from(made))).toBe(true);
  });

  it('that holds no key is refused with what to do', () => {
    const file = path.join(temporaryFolder(), 'seal.key');
    writeFileSync(file, 'garbage');
    expect(() => sealKeyFromFile(file)).toThrow(`Remove ${file}, and enter the registry passwords`);
  });
});

describe('a key on standard input', () => {
  const read = (...chunks: string[]): Promise<Uint8Array> => {
    const stdin = new PassThrough();
    for (const chunk of chunks) stdin.write(chunk);
    return sealKeyFromStdin(stdin, AbortSignal.timeout(100));
  };

  it('is one base64 line, in as many pieces as it comes', async () => {
    const text = key.toString('base64');
    expect(Buffer.from(await read(text.slice(0, 7), `${text.slice(7)}\n`, 'more')).equals(key)).toBe(true);
  });

  it.each([['too short', 'abc=\n'], ['no end', 'a'.repeat(300)], ['nothing']])(
    'is refused when it is %s',
    async (_, ...chunks) => {
      await expect(read(...chunks)).rejects.toThrow('32 bytes');
    },
  );
});
