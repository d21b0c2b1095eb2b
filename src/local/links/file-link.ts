import { z } from 'zod';
import { signToken, verifyToken } from './link-token';

/** Signs links to files. */
export const fileLinkPurpose = 'download-url';

const claimsShape = z.object({
  sub: z.string(),
  path: z.string(),
  type: z.string(),
  disposition: z.enum(['attachment', 'inline']),
  csp: z.string(),
});

/** A file that may be fetched without a key, and how it is served. */
export interface FileLink {
  boxId: string;
  /** As the caller named it. */
  path: string;
  contentType: string;
  disposition: 'attachment' | 'inline';
  /** A Content-Security-Policy; empty for none. */
  policy: string;
}

/** `expiresAt` in seconds since 1970. */
export function signFileLink(key: Uint8Array, link: FileLink, expiresAt?: number): Promise<string> {
  const { boxId, path, contentType, disposition, policy } = link;
  return signToken(key, { sub: boxId, path, type: contentType, disposition, csp: policy }, expiresAt);
}

/** Throws Failure 403. */
export async function readFileLink(key: Uint8Array, token: string): Promise<FileLink> {
  const { sub, path, type, disposition, csp } = claimsShape.parse(await verifyToken(key, token));
  return { boxId: sub, path, contentType: type, disposition, policy: csp };
}
