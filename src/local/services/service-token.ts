import { z } from 'zod';
import { forbidden, signToken, verifyToken } from '../links/link-token';
import type { ServiceTarget } from './service-address';

const claimsShape = z.object({
  sub: z.string(),
  port: z.number(),
  exp: z.number(),
  embed_origins: z.array(z.string()).optional(),
});

/** What a token allows: one port of one sandbox, until `exp` (seconds since 1970). */
export interface ServiceGrant {
  exp: number;
  /** Origins of pages that may show the service in a frame. */
  embedOrigins: string[];
}

export function signServiceToken(
  key: Uint8Array,
  { boxId, port }: ServiceTarget,
  { exp, embedOrigins }: ServiceGrant,
): Promise<string> {
  const embedding = embedOrigins.length > 0 ? { embed_origins: embedOrigins } : {};
  return signToken(key, { sub: boxId, port, ...embedding }, exp);
}

/** Throws Failure 403 for a token that is not good, or not for this service. */
export async function readServiceToken(
  key: Uint8Array,
  { boxId, port }: ServiceTarget,
  token: string,
): Promise<ServiceGrant> {
  const { sub, port: granted, exp, embed_origins } = claimsShape.parse(await verifyToken(key, token));
  if (sub !== boxId || granted !== port) throw forbidden('This token is for another service.');
  return { exp, embedOrigins: embed_origins ?? [] };
}
