import { EngineError } from './engine-error';

/** Certificates of a TLS connection, as PEM. */
export interface TlsCredentials {
  ca?: string;
  cert?: string;
  key?: string;
  /** False only where the user's docker context says so. */
  isServerVerified: boolean;
}

/** How to reach an engine. Either a socket (or named pipe) or a host. */
export interface EngineAddress {
  /** As shown to the user. */
  url: string;
  /** What HTTP sends as the host; a made-up one for sockets. */
  origin: string;
  socketPath?: string;
  tls?: TlsCredentials;
}

const socketOrigin = 'http://engine';
const forwardSsh =
  'ssh:// is not supported. Forward the socket with "ssh -NL /tmp/engine.sock:/var/run/docker.sock HOST" and use unix:///tmp/engine.sock';

/**
 * Reads `unix://`, `npipe://`, `tcp://`, `http://` and `https://` addresses, and plain absolute socket paths.
 * Throws EngineError `other` with what to use instead.
 */
export function engineAddress(url: string, tls?: TlsCredentials): EngineAddress {
  const [, scheme = '', rest] = /^([a-z]+):\/\/(.+)$/.exec(url) ?? [];
  switch (scheme) {
    case 'unix':
    case 'npipe':
      return { url, origin: socketOrigin, socketPath: rest };
    case 'tcp':
    case 'http':
    case 'https':
      return { url, origin: hostOrigin(url, scheme === 'https' || tls !== undefined), tls };
    case 'ssh':
      throw new EngineError('other', forwardSsh);
    default:
      if (url.startsWith('/')) return { url: `unix://${url}`, origin: socketOrigin, socketPath: url };
      throw new EngineError(
        'other',
        'not an engine address. Use unix:///PATH, npipe:////./pipe/NAME or tcp://HOST:PORT',
      );
  }
}

/** The ports are those the docker command assumes. A scheme that URLs know would lose its own default port. */
function hostOrigin(url: string, isTls: boolean): string {
  const plain = url.replace(/^https?:/, 'tcp:');
  const { hostname, port } = URL.canParse(plain) ? new URL(plain) : { hostname: '', port: '' };
  if (!hostname) throw new EngineError('other', 'not an engine address. Use tcp://HOST:PORT');
  return isTls ? `https://${hostname}:${port || '2376'}` : `http://${hostname}:${port || '2375'}`;
}
