import type { Place, TlsFolder } from './place';
import { dockerConfigFolder, type Surroundings } from './surroundings';

/** The engine that the user named: by flag or setting, or else by `DOCKER_HOST`. */
export function chosenPlace(engineUrl: string | undefined, surroundings: Surroundings): Place | undefined {
  const host = surroundings.env['DOCKER_HOST'];
  if (engineUrl) return place('the engine setting', engineUrl, surroundings);
  return host ? place('DOCKER_HOST', host, surroundings) : undefined;
}

function place(source: string, url: string, surroundings: Surroundings): Place {
  return { source, url, tls: /^(?:tcp|https?):/.test(url) ? tlsOf(surroundings) : undefined, isFinal: true };
}

/** As the docker command reads `DOCKER_TLS_VERIFY` (any text) and `DOCKER_CERT_PATH`. */
function tlsOf(surroundings: Surroundings): TlsFolder | undefined {
  const { DOCKER_TLS_VERIFY: verify, DOCKER_CERT_PATH: folder } = surroundings.env;
  return verify
    ? { path: folder || dockerConfigFolder(surroundings), isServerVerified: true, isOptional: false }
    : undefined;
}
