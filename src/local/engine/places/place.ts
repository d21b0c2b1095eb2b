/** Somewhere an engine may be. */
export interface Place {
  /** Who says so, in the user's terms: `DOCKER_HOST`, `Colima`. */
  source: string;
  /** The engine's address; the file that should have told it when there is a `problem`. */
  url: string;
  tls?: TlsFolder;
  /** The user chose it: when it doesn't answer, no other is tried. */
  isFinal?: boolean;
  /** Why it can't even be tried. */
  problem?: string;
}

/** Where TLS certificates are: `ca.pem`, `cert.pem` and `key.pem`, each of which may be missing. */
export interface TlsFolder {
  path: string;
  isServerVerified: boolean;
  /** Whether the connection is a plain one when the folder holds nothing. */
  isOptional: boolean;
}
