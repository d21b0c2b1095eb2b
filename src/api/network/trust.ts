import { rootCertificates } from 'node:tls';
import * as tls from 'node:tls';

export interface TrustOptions {
  /** Certificates to trust beside the usual ones, in PEM. */
  ca?: string;
  /** Whether those that this machine trusts count, too, where Node.js can tell them (22.15 or newer). */
  systemCertificates?: boolean;
}

/**
 * Gives the certificates to trust, read once, when a secure connection is first made; undefined for what Node.js trusts
 * by itself.
 */
export function trust({ ca, systemCertificates = false }: TrustOptions): () => string[] | undefined {
  if (ca === undefined && !systemCertificates) return () => undefined;
  let trusted: string[] | undefined;
  return () =>
    (trusted ??= [...usual(), ...(systemCertificates ? ofThisMachine() : []), ...(ca ? [ca] : [])]);
}

/** With `NODE_EXTRA_CA_CERTS` where Node.js can tell them. */
function usual(): readonly string[] {
  return 'getCACertificates' in tls ? tls.getCACertificates('default') : rootCertificates;
}

function ofThisMachine(): readonly string[] {
  return 'getCACertificates' in tls ? tls.getCACertificates('system') : [];
}
