import { jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { Failure } from '../failure';

const algorithm = 'HS256';

/** A JWT with these claims. `expiresAt` in seconds since 1970; absent: it never expires. */
export function signToken(key: Uint8Array, claims: JWTPayload, expiresAt?: number): Promise<string> {
  const token = new SignJWT(claims).setProtectedHeader({ alg: algorithm }).setIssuedAt();
  return (expiresAt === undefined ? token : token.setExpirationTime(expiresAt)).sign(key);
}

/** The claims of a token that this key signed and that is still good. Throws Failure 403. */
export async function verifyToken(key: Uint8Array, token: string): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, key, { algorithms: [algorithm] })).payload;
  } catch (error) {
    const hasExpired = error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED';
    throw hasExpired
      ? forbidden('This link has expired. Ask for a new one.')
      : forbidden('This link is not valid. Copy it whole, or ask for a new one.');
  }
}

export function forbidden(message: string): Failure {
  return new Failure(403, 'Forbidden', message);
}
