import type { Log } from '../log';
import { engineAddress } from './address';
import { connectEngine, hearEngine } from './connect';
import type { Engine } from './engine';
import { EngineError } from './engine-error';
import { errorCode, unreachableReason } from './http/connection-failure';
import type { Place } from './places/place';
import { readTls } from './places/tls';

/** For the first sign of life. */
const silenceLimitMs = 2_000;
/** For the rest, once it has given one. Podman tells its version in a second, and not while it writes an image. */
const limitMs = 30_000;

/** Tries a place and says what is there. Rejects with the signal's reason only. */
export async function probe(
  place: Place,
  signal: AbortSignal,
  log?: Log,
): Promise<{ engine?: Engine; finding: string }> {
  if (place.problem) return { finding: place.problem };
  const silence = AbortSignal.timeout(silenceLimitMs);
  const limit = AbortSignal.timeout(limitMs);
  try {
    const address = engineAddress(place.url, place.tls && (await readTls(place.tls)));
    await hearEngine(address, AbortSignal.any([signal, silence]));
    const engine = await connectEngine(address, AbortSignal.any([signal, limit]), log);
    return { engine, finding: `answered: ${engine.info.product} ${engine.info.version}` };
  } catch (error) {
    signal.throwIfAborted();
    if (limit.aborted) return { finding: `no answer within ${limitMs / 1000} s` };
    if (error === silence.reason) return { finding: `no answer within ${silenceLimitMs / 1000} s` };
    return { finding: findingOf(error, place.url) };
  }
}

function findingOf(error: unknown, url: string): string {
  const cause = error instanceof EngineError && error.kind === 'engine-unreachable' ? error.cause : error;
  const isDenied = errorCode(cause) === 'EACCES' && url.startsWith('unix:');
  const reason = unreachableReason(cause);
  return isDenied ? `${reason}: ${waysIn(url)}` : reason;
}

function waysIn(url: string): string {
  return url.endsWith('docker.sock')
    ? 'add your user to the docker group ("sudo usermod -aG docker $USER") and log in again'
    : 'it belongs to another user';
}
