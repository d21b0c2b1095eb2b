import { expect, it } from 'vitest';
import { linkKey } from '../../../../src/local/links/link-key';
import { signToken } from '../../../../src/local/links/link-token';
import { readServiceToken, signServiceToken } from '../../../../src/local/services/service-token';

const sealKey = new Uint8Array(32).fill(7);
const key = linkKey({ sealKey, instance: 'one' }, 'service-url');
const target = { boxId: 'a-box', port: 8000 };
const now = (): number => Math.floor(Date.now() / 1000);

it('a token opens its service until it ends', async () => {
  const exp = now() + 60;
  const token = await signServiceToken(key, target, { exp, embedOrigins: ['https://a.example'] });
  expect(await readServiceToken(key, target, token)).toEqual({ exp, embedOrigins: ['https://a.example'] });
});

it.each([
  [
    'that has ended',
    () => signServiceToken(key, target, { exp: now() - 1, embedOrigins: [] }),
    'has expired',
  ],
  [
    'of another port',
    () => signServiceToken(key, { ...target, port: 8001 }, { exp: now() + 60, embedOrigins: [] }),
    'another service',
  ],
  [
    'of another sandbox',
    () => signServiceToken(key, { ...target, boxId: 'b' }, { exp: now() + 60, embedOrigins: [] }),
    'another service',
  ],
  [
    'of another server',
    () =>
      signServiceToken(linkKey({ sealKey, instance: 'two' }, 'service-url'), target, {
        exp: now() + 60,
        embedOrigins: [],
      }),
    'not valid',
  ],
  [
    'made for another purpose',
    () =>
      signToken(
        linkKey({ sealKey, instance: 'one' }, 'download-url'),
        { sub: 'a-box', port: 8000 },
        now() + 60,
      ),
    'not valid',
  ],
  [
    'that nobody signed',
    () => Promise.resolve(`${Buffer.from('{"alg":"none"}').toString('base64url')}.e30.`),
    'not valid',
  ],
] as const)('a token %s is refused', async (_, token, reason) => {
  await expect(readServiceToken(key, target, await token())).rejects.toMatchObject({
    status: 403,
    message: expect.stringContaining(reason) as string,
  });
});
