import { generateKeyPairSync, sign } from 'node:crypto';
import { expect, it } from 'vitest';
import { observed } from '../fixture/observed';
import type { Stage } from './sdk';

/** What verifies the tokens that LangSmith signs. A local server signs none: it has no key, and whatever comes is refused. */
export function verifierSuite(stage: Stage): void {
  const unknown = {
    name: 'LangSmithSandboxTokenVerificationError',
    message: 'unknown signing key: mine',
  };

  it('a token that somebody else signed is refused, for the server has no such key', async () => {
    const verifier = observed(new stage.sdk.SandboxTokenVerifier(), stage.seen);
    const audience = 'sandbox--8080.localhost';
    const token = signed({ sub: 'somebody', aud: audience, iss: stage.endpoint });
    await expect(verifier.verifyUserToken(token, { audience })).rejects.toMatchObject(unknown);
    const signature = signed({ sub: 'langsmith-sandbox-callback', aud: audience, iss: stage.endpoint });
    await expect(verifier.verifyCallback({ body: '{}', signature })).rejects.toMatchObject(unknown);
  });
}

/** A JSON Web Token, whole in all but its key. */
function signed(claims: object): string {
  const now = Math.floor(Date.now() / 1000);
  const parts = [
    { alg: 'EdDSA', kid: 'mine' },
    { ...claims, iat: now, exp: now + 60 },
  ];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const { privateKey } = generateKeyPairSync('ed25519');
  return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
}
